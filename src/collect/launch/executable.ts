import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isExecutable, readText } from './disk.ts';
import { lookUp } from './environment.ts';

export interface ExecutableSearch {
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The workspace folder: the search for `node_modules/.bin` goes up to it. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
}

/**
 * The absolute path of an executable, in js-debug's order: an absolute path as it is, else PATH, else
 * `node_modules/.bin` of `cwd` and of the folders around it. Undefined when there is none.
 */
export async function findExecutable(name: string, search: ExecutableSearch): Promise<string | undefined> {
  for (const candidate of candidates(name, search)) {
    for (const suffix of suffixes(candidate, search)) {
      if (await isExecutable(candidate + suffix, search.platform)) return candidate + suffix;
    }
  }
  return undefined;
}

/**
 * The version of a Node.js executable, found without running it: our own, or the one whose headers were
 * installed with it (`<prefix>/include/node`). Undefined when neither tells.
 */
export async function nodeVersionOf(executable: string): Promise<readonly [number, number] | undefined> {
  const file = await realpath(executable);
  if (file === (await realpath(process.execPath))) return versionNumbers(process.versions.node.split('.'));
  const header = path.join(path.dirname(file), '..', 'include', 'node', 'node_version.h');
  const text = (await readText(header)) ?? '';
  return versionNumbers(
    ['MAJOR', 'MINOR'].map(part => new RegExp(`NODE_${part}_VERSION (\\d+)`).exec(text)?.[1]),
  );
}

/** `npm` for `/usr/bin/npm` and for `C:\…\npm.cmd`. */
export const executableName = (file: string): string =>
  path
    .basename(file.replaceAll('\\', '/'))
    .replace(/\.(?:exe|cmd|bat|ps1)$/i, '')
    .toLowerCase();

function candidates(name: string, { environment, cwd, folder, platform }: ExecutableSearch): string[] {
  if (path.isAbsolute(name)) return [name];
  if (/[/\\]/.test(name)) return [path.resolve(cwd, name)];
  const delimiter = platform === 'win32' ? ';' : ':';
  const onPath = (lookUp(environment, 'PATH', platform) ?? '').split(delimiter).filter(Boolean);
  const local = foldersUpTo(cwd, folder).map(one => path.join(one, 'node_modules', '.bin'));
  return [...onPath.map(one => path.resolve(cwd, one)), ...local].map(one => path.join(one, name));
}

/** `from` and the folders around it up to `last`; both alone where the one is not inside the other. */
function foldersUpTo(from: string, last: string): string[] {
  const inside = path.relative(last, from);
  if (inside.startsWith('..') || path.isAbsolute(inside)) return [from, last];
  const folders = [from];
  for (let folder = from; folder !== last; folders.push(folder)) folder = path.dirname(folder);
  return folders;
}

function suffixes(file: string, { environment, platform }: ExecutableSearch): string[] {
  if (platform !== 'win32' || path.extname(file) !== '') return [''];
  return (lookUp(environment, 'PATHEXT', platform) ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
}

function versionNumbers([major, minor]: readonly (string | undefined)[]):
  readonly [number, number] | undefined {
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}
