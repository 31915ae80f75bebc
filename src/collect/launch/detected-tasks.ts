/** Tasks that VS Code finds without tasks.json: npm scripts, and `tsc` for a tsconfig.json. */
import path from 'node:path';
import { isFile } from './disk.ts';
import { isObject } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import { readJsonc } from './jsonc-file.ts';

/** The name that VS Code gives a task of type `npm` or `typescript` without `label`; undefined for other types. */
export function implicitLabel(task: JsonObject): string | undefined {
  const { type, script, path: folder, tsconfig, option } = task;
  if (type === 'npm' && typeof script === 'string') {
    return `npm: ${script}${typeof folder === 'string' && folder !== '' ? ` - ${folder.replace(/\/$/, '')}` : ''}`;
  }
  if (type === 'typescript' && typeof tsconfig === 'string') {
    return `tsc: ${option === 'watch' ? 'watch' : 'build'} - ${tsconfig}`;
  }
  return undefined;
}

/** The task that such a name means; undefined when its script or tsconfig.json does not exist. */
export async function detectedTask(label: string, folder: string): Promise<JsonObject | undefined> {
  const [, provider = '', name = '', place] = /^(\w+): (\S+)(?: - (.+))?$/.exec(label) ?? [];
  if (provider === 'npm') return npmTask(name, place ?? '', folder);
  if (provider === 'tsc') return typeScriptTask(name, place ?? 'tsconfig.json', folder);
  return provider === '' ? undefined : { type: provider, label };
}

async function npmTask(script: string, place: string, folder: string): Promise<JsonObject | undefined> {
  const content = await readJsonc(path.join(folder, place, 'package.json'));
  const scripts = content?.['scripts'];
  const exists = content !== undefined && (script === 'install' || (isObject(scripts) && script in scripts));
  return exists ? { type: 'npm', script, path: place } : undefined;
}

async function typeScriptTask(
  option: string,
  tsconfig: string,
  folder: string,
): Promise<JsonObject | undefined> {
  return (await isFile(path.join(folder, tsconfig))) ? { type: 'typescript', tsconfig, option } : undefined;
}
