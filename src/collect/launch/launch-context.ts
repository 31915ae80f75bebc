import type { JsonObject } from './json-fields.ts';
import type { ExpandOptions } from './variables.ts';

/** What resolving a configuration or a task needs to know beside it. */
export interface LaunchContext {
  /** The workspace folder, absolute. */
  readonly folder: string;
  readonly settings: JsonObject;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly platform: NodeJS.Platform;
  /** Tasks are yet to run that may build what is missing: files and folders need not exist. */
  readonly tasksPending: boolean;
  /** Replaces variables; throws `launch-variable-…`. */
  readonly expand: (text: string, options: ExpandOptions) => string;
  /** Tells the user, in a sentence, what differs from VS Code. */
  readonly note: (sentence: string) => void;
}

/** VS Code's names for the sections that hold for one platform only. */
const SECTIONS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'linux',
  darwin: 'osx',
  win32: 'windows',
};

/** A configuration with the fields of its section for this platform put over its own. */
export function forPlatform(configuration: JsonObject, platform: NodeJS.Platform): JsonObject {
  const section = configuration[SECTIONS[platform] ?? 'linux'];
  return typeof section === 'object' ? { ...configuration, ...section } : configuration;
}
