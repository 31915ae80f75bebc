/** Runs programs of test/matrix/programs, beside the packages, with operations followed in them. */
import path from 'node:path';
import { build } from 'esbuild';
import { expect } from 'vitest';
import { ROOT, runCommand } from '../cli.ts';
import type { MatrixNode } from '../node-matrix.ts';

const FOLDER = path.join(ROOT, 'test', 'matrix', 'programs');

/** Makes the file that comes first into a program. */
export async function buildPreload(outfile: string): Promise<void> {
  const entryPoints = [path.join(import.meta.dirname, 'preload.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20' });
}

/** What a program prints, as JSON; nothing on its standard error. */
export async function printed<T>(
  { binary }: MatrixNode,
  program: string,
  env: Record<string, string>,
  options: readonly string[],
): Promise<T> {
  const { stdout, stderr, code } = await runCommand([binary, ...options, program], { cwd: FOLDER, env });
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return JSON.parse(stdout) as T;
}
