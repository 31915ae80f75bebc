/** What leaks in TypeScript is named as the source names it, whatever runs. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { PROGRAMS, ROOT, runCommand, temporaryFolders } from './cli.ts';
import { leaksOf } from './leak-corpus.ts';
import { NODES } from './node-matrix.ts';

const SOURCES = path.join(PROGRAMS, 'leaks', 'typescript');
const newFolder = temporaryFolders();
const NEWEST = NODES.at(-1)!;

function copied(): string {
  const folder = newFolder();
  cpSync(SOURCES, folder, { recursive: true });
  return folder;
}

const lineWith = (file: string, text: string): number =>
  readFileSync(file, 'utf8')
    .split('\n')
    .findIndex(row => row.includes(text)) + 1;

async function builtByTsc(folder: string): Promise<string> {
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, stdout } = await runCommand(
    [
      ...[process.execPath, tsc, 'shop.ts', '--ignoreConfig', '--outDir', 'out', '--sourceMap', '--noCheck'],
      ...['--target', 'es2015', '--module', 'commonjs'],
    ],
    { cwd: folder },
  );
  if (code !== 0) throw new Error(stdout);
  return path.join(folder, 'out', 'shop.js');
}

async function bundled(folder: string): Promise<string> {
  const outfile = path.join(folder, 'out', 'shop.mjs');
  await build({
    ...{ absWorkingDir: folder, entryPoints: ['shop.ts'], outfile, bundle: true, platform: 'node' },
    ...{ format: 'esm', minify: true, sourcemap: 'linked' },
  });
  return outfile;
}

test.each([
  { by: 'built by tsc', make: builtByTsc },
  { by: 'bundled and minified by esbuild', make: bundled },
])('$by: files, lines, classes and variables of the source', async ({ make }) => {
  const folder = copied();
  const file = await make(folder);
  const leaks = await leaksOf(ROOT, { name: 'shop', file }, NEWEST.binary);
  const sessions = path.join(folder, 'sessions.ts');
  const listeners = path.join(folder, 'listeners.ts');
  const session = leaks.find(({ kind }) => kind === 'cache');
  expect(session).toMatchObject({
    ...{ className: 'Session', file: sessions, line: lineWith(sessions, '// leaks here') },
    retainerPath: ['module sessions.ts', 'Map openSessions', 'Session'],
  });
  const listener = leaks.find(({ kind }) => kind === 'listener');
  expect(listener).toMatchObject({
    ...{ file: listeners, line: lineWith(listeners, '// listens here') },
  });
  expect(listener?.retainerPath[0]).toBe('module listeners.ts');
});
