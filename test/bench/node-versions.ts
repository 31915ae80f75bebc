import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface NodeVersion {
  readonly major: number;
  /** Absolute path of its binary. */
  readonly node: string;
}

export const MAJORS = [20, 22, 24, 26];

interface Packages {
  install(folder: string): Promise<string>;
}

/** Installs a nested package of the project where it is missing; answers its absolute path. */
export async function install(root: string, folder: string): Promise<string> {
  const packages = pathToFileURL(path.join(root, 'scripts', 'packages.mjs')).href;
  return ((await import(packages)) as Packages).install(folder);
}

export async function nodeVersions(root: string, majors: readonly number[]): Promise<NodeVersion[]> {
  const matrix = await install(root, 'test/matrix');
  return majors.map(major => ({
    major,
    node: path.join(matrix, 'node_modules', `node${major}`, 'bin', 'node'),
  }));
}
