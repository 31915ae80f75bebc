/** The fields that configurations of every Node.js type share: `cwd`, `env`, `envFile`. */
import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { isFolder } from './disk.ts';
import { inheritedEnvironment, launchEnvironment } from './environment.ts';
import { textField, textMapField, textsField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { LaunchContext } from './launch-context.ts';

/** `cwd`, else `localRoot`, else the workspace folder. Throws `launch-cwd-missing` when it is no folder. */
export async function workingFolder(
  configuration: JsonObject,
  owner: string,
  context: LaunchContext,
): Promise<string> {
  const field = ['cwd', 'localRoot'].map(name => textField(configuration, name, owner)).find(Boolean);
  return existingFolder(field === undefined ? '.' : context.expand(field, { owner }), owner, context);
}

export async function existingFolder(folder: string, owner: string, context: LaunchContext): Promise<string> {
  const absolute = path.resolve(context.folder, folder);
  if (context.tasksPending || (await isFolder(absolute))) return absolute;
  throw new UserError('launch-cwd-missing', { owner, cwd: absolute });
}

/** The complete environment of a configuration: inherited, `envFile`, `env`. */
export async function configuredEnvironment(
  configuration: JsonObject,
  owner: string,
  context: LaunchContext,
): Promise<Record<string, string>> {
  const files = envFiles(configuration, owner).map(file =>
    path.resolve(context.folder, context.expand(file, { owner })),
  );
  const variables = expandedMap(textMapField(configuration, 'env', owner), owner, context);
  const inherited = inheritedEnvironment(context.environment);
  return launchEnvironment(inherited, files, variables, { owner, platform: context.platform });
}

export function expandedMap(
  map: Readonly<Record<string, string | null>>,
  owner: string,
  context: LaunchContext,
): Record<string, string | null> {
  const entries = Object.entries(map);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value === null ? null : context.expand(value, { owner })]),
  );
}

function envFiles(configuration: JsonObject, owner: string): string[] {
  if (Array.isArray(configuration['envFile'])) return textsField(configuration, 'envFile', owner);
  const file = textField(configuration, 'envFile', owner);
  return file === undefined ? [] : [file];
}
