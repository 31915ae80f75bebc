/**
 * The planted hot function is found, with its share and its line, however the program is written and started, on
 * every Node.js. What it really burnt the program counts itself, by the system's clock of its threads.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HotFunction } from '../../src/contracts/document.ts';
import { documentOf, PROGRAMS, ROOT, runCommand, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES, type MatrixNode } from './node-matrix.ts';

const HOT = path.join(PROGRAMS, 'hot');
const PACKAGES = path.join(ROOT, 'node_modules');
const temporaryFolder = temporaryFolders();

/** What a program is started with, and the file that the user wrote. */
interface Case {
  readonly command: readonly string[];
  readonly source: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Flavour {
  readonly name: string;
  readonly prepare: (node: MatrixNode) => Case | Promise<Case>;
  readonly since?: number;
}

const inHot = (source: string, command: readonly string[]): Case => ({
  command,
  source: path.join(HOT, source),
  cwd: HOT,
});

/** Runs twice as long: reading texts that exist in memory only stops the program once, for some time. */
const LONGER = '2';

const FLAVOURS: readonly Flavour[] = [
  { name: 'CommonJS', prepare: ({ binary }) => inHot('plain.cjs', [binary, 'plain.cjs']) },
  { name: 'an ES module', prepare: ({ binary }) => inHot('module.mjs', [binary, 'module.mjs']) },
  { name: 'TypeScript built by tsc', prepare: builtByTsc },
  { name: 'TypeScript bundled by esbuild', prepare: bundledByEsbuild },
  { name: 'TypeScript run by tsx', prepare: runByTsx },
  { name: 'a TypeScript module run by tsx', prepare: moduleRunByTsx },
  {
    name: 'TypeScript run by Node.js itself',
    prepare: ({ binary }) => inHot('typed.ts', [binary, 'typed.ts', LONGER]),
    since: 24,
  },
  { name: 'a worker thread', prepare: ({ binary }) => inHot('plain.cjs', [binary, 'worker.cjs']) },
  {
    name: 'a worker thread with its own environment',
    prepare: ({ binary }) => inHot('plain.cjs', [binary, 'worker.cjs', 'own-env']),
  },
  { name: 'a forked process', prepare: ({ binary }) => inHot('plain.cjs', [binary, 'child.cjs', 'fork']) },
  {
    name: 'a spawned process with its own environment',
    prepare: ({ binary }) => inHot('plain.cjs', [binary, 'child.cjs', 'spawn']),
  },
  { name: 'an npm script', prepare: npmScript },
  {
    name: 'a program that a debugger of VS Code has launched',
    prepare: ({ binary }) => ({
      ...inHot('plain.cjs', [binary, 'plain.cjs', LONGER]),
      env: { VSCODE_INSPECTOR_OPTIONS: '{}' },
    }),
  },
];

const tsx = (): string => path.join(PACKAGES, 'tsx', 'dist', 'cli.mjs');

/** A copy of the program in a folder of its own, where a compiler may write. */
function copied(...names: readonly [string, ...string[]]): string {
  const folder = temporaryFolder();
  copyFileSync(path.join(HOT, 'blocks.cjs'), path.join(folder, 'blocks.cjs'));
  for (const name of names) copyFileSync(path.join(HOT, 'typed.ts'), path.join(folder, name));
  return folder;
}

async function builtByTsc({ binary }: MatrixNode): Promise<Case> {
  const folder = copied('typed.ts');
  const tsc = path.join(PACKAGES, 'typescript', 'bin', 'tsc');
  await built(
    [
      ...[process.execPath, tsc, 'typed.ts', '--ignoreConfig', '--outDir', 'out', '--sourceMap'],
      ...['--target', 'es2020', '--module', 'node20', '--noCheck', '--allowJs'],
    ],
    folder,
  );
  return {
    command: [binary, path.join('out', 'typed.js')],
    source: path.join(folder, 'typed.ts'),
    cwd: folder,
  };
}

async function bundledByEsbuild({ binary }: MatrixNode): Promise<Case> {
  const folder = copied('typed.ts');
  const esbuild = path.join(PACKAGES, 'esbuild', 'bin', 'esbuild');
  await built(
    [...[esbuild, 'typed.ts', '--bundle', '--platform=node'], ...['--sourcemap', '--outfile=out/bundle.cjs']],
    folder,
  );
  const source = path.join(folder, 'typed.ts');
  return { command: [binary, path.join('out', 'bundle.cjs')], source, cwd: folder };
}

async function built(command: readonly string[], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await runCommand(command, { cwd });
  if (code !== 0) throw new Error(`${command.join(' ')}:\n${stdout}${stderr}`);
}

function runByTsx({ binary }: MatrixNode): Case {
  return inHot('typed.ts', [binary, tsx(), 'typed.ts', LONGER]);
}

function moduleRunByTsx({ binary }: MatrixNode): Case {
  const folder = copied('typed.mts');
  return {
    command: [binary, tsx(), 'typed.mts', LONGER],
    source: path.join(folder, 'typed.mts'),
    cwd: folder,
  };
}

/** npm and what it starts run on the first `node` of the PATH. */
function npmScript({ binary }: MatrixNode): Case {
  const PATH = `${path.dirname(binary)}${path.delimiter}${process.env['PATH'] ?? ''}`;
  return { ...inHot('plain.cjs', ['npm', 'start']), env: { PATH } };
}

/** 1-based line of the marked statement. */
const hotLineOf = (source: string): number =>
  readFileSync(source, 'utf8')
    .split('\n')
    .findIndex(line => line.includes('// the hot line')) + 1;

/** How the two functions of the program shared its time, as the program has measured it. */
function trueShare(output: string): number {
  const [, json = ''] = [...output.matchAll(/^truth (.*)$/gm)].at(-1) ?? [];
  const { hot, warm } = JSON.parse(json) as { hot: number; warm: number };
  return hot / (hot + warm);
}

const shareOfTwo = (one?: HotFunction, other?: HotFunction): number =>
  (one?.selfMicroseconds ?? 0) / ((one?.selfMicroseconds ?? 0) + (other?.selfMicroseconds ?? 0));

/** Points of a share that a profile may be away from the truth. */
const TOLERANCE = 0.03;

describe.each(EDGES)('on Node.js $major', node => {
  const flavours = FLAVOURS.filter(({ since = 0 }) => node.major >= since);
  test.each(flavours)('the hot function of $name comes first, with its share and its line', async flavour => {
    const { command, source, ...surroundings } = await flavour.prepare(node);
    const out = path.join(temporaryFolder(), 'recording');
    const ended = await slowcatch(['run', '--json', '--out', out, '--', ...command], surroundings);
    const { hotFunctions, hotLines, threads, problems } = documentOf(ended);
    const [hottest, warm] = hotFunctions;

    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(problems).toEqual([]);
    expect(hottest).toMatchObject({ name: 'mixDigits', file: source });
    expect(warm).toMatchObject({ name: 'sumRoots', file: source });
    expect(hotLines[0]).toMatchObject({ file: source, line: hotLineOf(source) });
    expect(Math.abs(shareOfTwo(hottest, warm) - trueShare(ended.stderr))).toBeLessThan(TOLERANCE);
    expect(new Set(threads.map(({ nodeVersion }) => nodeVersion))).toEqual(new Set([node.version]));
  });

  test('a program that never ends is ended in time, with the share and the line of its hot function', async () => {
    const { command, source } = inHot('endless.cjs', [node.binary, 'endless.cjs', 'Infinity']);
    const out = path.join(temporaryFolder(), 'recording');
    const options = ['--json', '--duration', '8s', '--out', out];
    const ended = await slowcatch(['run', ...options, '--', ...command], { cwd: HOT });
    const { hotFunctions, hotLines, problems } = documentOf(ended);

    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(problems).toEqual([]);
    expect(hotFunctions[0]).toMatchObject({ name: 'mixDigits', file: source });
    expect(hotLines[0]).toMatchObject({ file: source, line: hotLineOf(source) });
    expect(Math.abs((hotFunctions[0]?.share ?? 0) - trueShare(ended.stderr))).toBeLessThan(TOLERANCE);
  });
});
