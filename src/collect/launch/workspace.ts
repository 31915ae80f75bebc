import path from 'node:path';
import { namesIn } from './disk.ts';
import { readJsonc } from './jsonc-file.ts';
import { isObject, objectsOf } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';

/** What a workspace folder says about launching. */
export interface Workspace {
  /** Absolute. */
  readonly folder: string;
  /** Folders of a multi-root workspace by name, this one included: for `${workspaceFolder:name}`. */
  readonly folders: ReadonlyMap<string, string>;
  /** Where launch configurations were looked for and found; empty when there are none. */
  readonly launchFiles: readonly string[];
  readonly configurations: readonly JsonObject[];
  readonly compounds: readonly JsonObject[];
  readonly inputs: readonly JsonObject[];
  readonly settings: JsonObject;
}

interface LaunchSection {
  readonly file: string;
  readonly section: JsonObject;
}

/**
 * Reads `.vscode/launch.json`, the `launch` key of `.vscode/settings.json` and of `*.code-workspace` files beside
 * `.vscode`; where a name occurs twice, the first in this order counts. Throws `json-broken`.
 */
export async function openWorkspace(folder: string): Promise<Workspace> {
  const launchFile = path.join(folder, '.vscode', 'launch.json');
  const settingsFile = path.join(folder, '.vscode', 'settings.json');
  const launch = await readJsonc(launchFile);
  const settings = (await readJsonc(settingsFile, { tolerant: true })) ?? {};
  const codeWorkspaces = await readCodeWorkspaces(folder);
  const sections = [
    { file: launchFile, section: launch },
    { file: settingsFile, section: settings['launch'] },
    ...codeWorkspaces.map(({ file, section }) => ({ file, section: section['launch'] })),
  ].filter((one): one is LaunchSection => isObject(one.section));
  return {
    folder,
    folders: namedFolders(folder, codeWorkspaces),
    launchFiles: sections.map(one => one.file),
    configurations: sections.flatMap(one => objectsOf(one.section['configurations'])),
    compounds: sections.flatMap(one => objectsOf(one.section['compounds'])),
    inputs: sections.flatMap(one => objectsOf(one.section['inputs'])),
    settings,
  };
}

/** Looks a setting up by its dotted name, however its parts are nested or joined; undefined when it is not set. */
export function settingOf(settings: JsonObject, name: string): unknown {
  if (name in settings) return settings[name];
  for (const [key, value] of Object.entries(settings)) {
    if (name.startsWith(`${key}.`) && isObject(value)) {
      const inner = settingOf(value, name.slice(key.length + 1));
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

async function readCodeWorkspaces(folder: string): Promise<LaunchSection[]> {
  const found: LaunchSection[] = [];
  for (const name of (await namesIn(folder)).filter(one => one.endsWith('.code-workspace'))) {
    const file = path.join(folder, name);
    found.push({ file, section: (await readJsonc(file, { tolerant: true })) ?? {} });
  }
  return found;
}

function namedFolders(folder: string, codeWorkspaces: readonly LaunchSection[]): Map<string, string> {
  const folders = new Map([[path.basename(folder), folder]]);
  for (const { section } of codeWorkspaces) {
    for (const { path: relative, name } of objectsOf(section['folders'])) {
      if (typeof relative !== 'string') continue;
      const absolute = path.resolve(folder, relative);
      folders.set(typeof name === 'string' ? name : path.basename(absolute), absolute);
    }
  }
  return folders;
}
