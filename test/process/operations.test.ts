/**
 * Requests and named calls are followed through whatever a program does, on every Node.js: each burns CPU under its own
 * name and tells when, to the microsecond, and that is exactly what its slices say.
 */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { operationLedger } from '../../src/analysis/operations/ledger.ts';
import { ROOT, runCommand, temporaryFolders, PROGRAMS } from './cli.ts';
import { MIDDLE } from './node-matrix.ts';
import { KEEP_ALL, outlineOf, runWithOperations, type RecordedOperations } from './recorded-operations.ts';

const temporaryFolder = temporaryFolders();
const API = path.join(ROOT, 'dist', 'api.cjs');
const API_MODULE = path.join(ROOT, 'dist', 'api.mjs');

function expectClean({ ended, records, mistakes, burntCount }: RecordedOperations): void {
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  expect(records.filter(({ type }) => type === 'problem')).toEqual([]);
  expect(burntCount).toBeGreaterThan(0);
  expect(mistakes).toEqual([]);
}

describe.each(MIDDLE)('on Node.js $major', ({ binary }) => {
  const run = (...command: readonly string[]): Promise<RecordedOperations> =>
    runWithOperations([binary, ...command], temporaryFolder());

  test('requests own what they burn, on connections that serve several, and are named without identifiers', async () => {
    const recorded = await run('serve.cjs', 'requests');
    expectClean(recorded);
    expect(outlineOf(recorded.kept)).toEqual([
      'GET /cpu 200 ended',
      'GET /fails 500 ended',
      'GET /file 200 ended',
      'GET /orders/:id 404 ended',
      'GET /wait 200 ended',
      'GET /wait 200 ended',
      'POST /body 200 ended',
    ]);
    expect(recorded.kept.map(({ detail }) => detail)).toContain('GET /orders/17');
    expect(JSON.stringify(recorded.kept)).not.toContain('secret');
    const wait = recorded.routes.find(({ name }) => name === 'GET /wait');
    expect(wait).toMatchObject({ kind: 'http', count: 2, slowCount: 2, keptCount: 2, errorCount: 0 });
    expect(recorded.routes.find(({ name }) => name === 'GET /fails')).toMatchObject({ errorCount: 1 });
  });

  test('a waiting request has slices only where it runs', async () => {
    const { kept } = await run('serve.cjs', 'requests');
    const { slices, durationMicroseconds } = kept.find(({ name }) => name === 'GET /wait') ?? {};
    const ran = (slices ?? []).filter((_, index) => index % 2 === 1).reduce((sum, time) => sum + time, 0);
    expect(durationMicroseconds).toBeGreaterThan(25_000 + 9000);
    expect(ran).toBeLessThan((durationMicroseconds ?? 0) - 20_000);
  });

  test('requests that are given up, and those that never end, are told as such', async () => {
    const recorded = await run('serve.cjs', 'endings');
    expectClean(recorded);
    expect(outlineOf(recorded.kept)).toEqual(['GET /given-up 200 aborted', 'GET /never open']);
  });

  test('HTTP/2 requests of both APIs own what they burn', async () => {
    const recorded = await run('serve2.cjs');
    expectClean(recorded);
    expect(outlineOf(recorded.kept)).toEqual([
      'GET /given-up aborted',
      'GET /one 200 ended',
      'GET /other 201 ended',
      'GET /stream 201 ended',
      'GET /two 200 ended',
      'POST /body 200 ended',
    ]);
  });

  test('calls that an ES module has named are nested, and behave as if they were not followed', async () => {
    const command = ['calls.mjs', API_MODULE, API];
    const recorded = await run(...command);
    expectClean(recorded);
    const alone = await runCommand([binary, ...command], { cwd: path.join(PROGRAMS, 'operations') });
    expect(recorded.said).toEqual(alone.stdout.split('\n').filter(line => line.startsWith('{')));
    expect(outlineOf(recorded.kept)).toEqual([
      'failing error ended',
      'failing error ended',
      'inner ok ended',
      'inner ok ended',
      'leaf ok ended',
      'leaf ok ended',
      'leaf ok ended',
      'outer ok ended',
    ]);
    const named = (name: string) => recorded.kept.filter(operation => operation.name === name);
    const [outer] = named('outer');
    expect(named('inner').map(({ parent }) => parent)).toEqual([outer?.id, outer?.id]);
    const parents = new Set(named('leaf').map(({ parent }) => parent));
    expect(parents).toEqual(new Set([...named('inner').map(({ id }) => id), undefined]));
    expect(outer?.thresholdMicroseconds).toBe(5000);
    expect(recorded.routes.find(({ name }) => name === 'quick')).toMatchObject({ count: 1, slowCount: 0 });
  });

  test('an operation goes on after a scope of async_hooks that another one, or its own, has left there', async () => {
    const recorded = await run('scopes.cjs', API);
    expectClean(recorded);
    expect(outlineOf(recorded.kept)).toEqual(['other ok ended', 'outer ok ended']);
  });

  test('what fast operations inside a slow one did and waited for is its own', async () => {
    const { ended, kept, mistakes } = await run('inner.cjs', API);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(outlineOf(kept)).toEqual(['outer ok ended']);
    // The last one has burnt after its end, and is nobody's then.
    expect(mistakes).toEqual(["outer: nobody's"]);
    const { totals } = operationLedger(kept[0]!);
    const shareOf = (kind: string) => totals.find(each => each.kind === kind)?.share ?? 0;
    expect(shareOf('unknown')).toBeLessThan(0.05);
    // A busy machine stretches what runs, and what is ready to run: the rest is timers.
    const ran = shareOf('cpu') + shareOf('gc') + shareOf('loop');
    expect(shareOf('timer') / (1 - ran)).toBeGreaterThan(0.8);
    expect(shareOf('cpu')).toBeGreaterThan(0.1);
  });

  test.each(['domains', 'replaced'])('requests are followed in a program with %s', async scenario => {
    expectClean(await run('serve.cjs', scenario));
  });

  test('ten thousand operations at the same time keep their own', async () => {
    const recorded = await run('many.cjs', API);
    expectClean(recorded);
    expect(recorded.kept).toHaveLength(10_000);
  });

  test('a worker thread tells of its own requests', async () => {
    const recorded = await run('threads.cjs');
    expectClean(recorded);
    expect(outlineOf(recorded.kept)).toEqual(['GET /a 200 ended', 'GET /b 200 ended']);
  });

  test('of fast operations nothing is left but their count', async () => {
    const folder = temporaryFolder();
    const operations = { ...KEEP_ALL, thresholdMilliseconds: 5000 };
    const { kept, routes } = await runWithOperations([binary, 'serve.cjs', 'requests'], folder, operations);
    expect(kept).toEqual([]);
    expect(routes.reduce((sum, { count }) => sum + count, 0)).toBe(7);
  });

  test('a threshold of a route counts for it alone', async () => {
    const thresholds = [{ kind: 'http', name: 'GET /cpu', thresholdMilliseconds: 1 }] as const;
    const operations = { ...KEEP_ALL, thresholdMilliseconds: 5000, thresholds };
    const command = [binary, 'serve.cjs', 'requests'];
    const { kept } = await runWithOperations(command, temporaryFolder(), operations);
    expect(kept.map(({ name, thresholdMicroseconds }) => [name, thresholdMicroseconds])).toEqual([
      ['GET /cpu', 1000],
    ]);
  });
});
