/** Programs that nobody here wrote: what Slowcatch says of them is checked against what is known of them. */
import http from 'node:http';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../src/contracts/document.ts';
import { documentOf, ROOT, slowcatch, startSlowcatch, temporaryFolders, type Run } from './cli.ts';
import { MIDDLE } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const SHOP = path.join(ROOT, 'test', 'shop');

/** Known to be hot whatever it compiles: scanner, parser, binder, relations and instantiation of types. */
const COMPILER = new Set(
  [
    'scan bind bindWorker forEachChild forEachChildRecursively structuredTypeRelatedTo recursiveTypeRelatedTo',
    'structuredTypeRelatedToWorker instantiateTypeWorker instantiateType isRelatedTo checkSourceElementWorker',
    'charCodeUnchecked resolveNameHelper addTypesToUnion inferTypes getUnionType parseNonArrayType',
  ]
    .join(' ')
    .split(' '),
);

/** The time that stands at a named function of a file of this package, as a share of all busy time. */
function shareOf({ hotFunctions }: ProfileDocument, folder: string): number {
  return hotFunctions.filter(({ file }) => file.includes(folder)).reduce((sum, { share }) => sum + share, 0);
}

function uncertainShare({ repair }: ProfileDocument): number {
  return (repair.ambiguousMicroseconds + repair.notRepairedMicroseconds) / repair.checkedMicroseconds;
}

/** Every part of the breakdown is there once: they add up to all that was sampled. */
function expectWholeTime({ breakdown, threads }: ProfileDocument): void {
  const { sampledMicroseconds, ...parts } = breakdown;
  const sum = Object.values(parts).reduce((total, part) => total + part, 0);
  expect(sum).toBeCloseTo(sampledMicroseconds, -2);
  const byThread = threads.reduce((total, thread) => total + thread.sampledMicroseconds, 0);
  expect(byThread).toBeCloseTo(sampledMicroseconds, -2);
}

describe.each(MIDDLE)('Node $major', ({ binary }) => {
  test('TypeScript compiling a project spends its time in the parser, binder and checker', async () => {
    const tsc = path.join(SHOP, 'node_modules', 'typescript', 'lib', 'tsc.js');
    const document = documentOf(
      await slowcatch(['run', '--json', '--', binary, tsc, '-p', SHOP, '--outDir', temporaryFolder()]),
    );
    expectWholeTime(document);
    expect(shareOf(document, path.join('typescript', 'lib', '_tsc.js'))).toBeGreaterThan(0.5);
    const names = document.hotFunctions.slice(0, 80).map(({ name }) => name);
    expect(names.filter(name => COMPILER.has(name)).length).toBeGreaterThanOrEqual(5);
    // The hottest of all may be the loading of the compiler's 6 MB.
    const onPaths = document.hotPaths
      .slice(0, 3)
      .flatMap(({ functions }) => functions.map(({ name }) => name));
    expect(onPaths).toContain('executeCommandLine');
    expect(uncertainShare(document)).toBeLessThan(0.1);
  });

  test('prettier formatting files spends it in itself and its parser', async () => {
    const prettier = path.join(ROOT, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
    const files = ['src/**/*.ts', 'test/unit/**/*.ts'].map(pattern => path.join(ROOT, pattern));
    const document = documentOf(
      await slowcatch([
        'run',
        '--json',
        '--',
        binary,
        prettier,
        '--check',
        '--ignore-path',
        '/none',
        ...files,
      ]),
    );
    expectWholeTime(document);
    expect(shareOf(document, path.join('node_modules', 'prettier'))).toBeGreaterThan(0.5);
    expect(uncertainShare(document)).toBeLessThan(0.1);
  });

  test('a published web server under load spends it in Node, in files, in its handlers and in their garbage', async () => {
    const server = path.join(ROOT, 'test', 'matrix', 'node_modules', 'http-server', 'bin', 'http-server');
    const served = path.join(ROOT, 'node_modules', 'acorn', 'dist');
    const run = startSlowcatch([
      ...['run', '--json', '--duration', '4s', '--', binary, server, served],
      ...['-a', '127.0.0.1', '-p', '0', '-c-1', '-d', 'false'],
    ]);
    const done = await load(run);
    const document = documentOf(await run.ended);
    expect(done).toBeGreaterThan(100);
    expectWholeTime(document);
    const { nodeMicroseconds, nativeMicroseconds, packagesMicroseconds, ownMicroseconds } =
      document.breakdown;
    const busy = document.threads.reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0);
    // It reads a file into buffers for every answer: a fifth to a third of its time is their collection.
    const collected = document.breakdown.garbageCollectionMicroseconds;
    const serving = nodeMicroseconds + nativeMicroseconds + packagesMicroseconds + collected;
    expect(serving / busy).toBeGreaterThan(0.85);
    expect(ownMicroseconds).toBe(0);
    expect(document.hotFunctions.some(({ file }) => file.includes('http-server'))).toBe(true);
    expect(uncertainShare(document)).toBeLessThan(0.15);
  });
});

/** Requests one after the other until the server is gone; answers how many were served. */
async function load(run: Run): Promise<number> {
  await run.says('127.0.0.1:');
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(run.stderr)?.[1]);
  let served = 0;
  const until = Date.now() + 8000;
  while (Date.now() < until && (await get(port))) served++;
  return served;
}

function get(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const request = http.get({ host: '127.0.0.1', port, path: '/acorn.js' }, response => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
      response.on('error', () => resolve(false));
    });
    request.on('error', () => resolve(false));
  });
}
