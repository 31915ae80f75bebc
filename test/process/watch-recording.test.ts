/** A watch recording has what slow operations need, and nothing of the rest. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { burntMicroseconds } from '../../src/analysis/cpu/breakdown.ts';
import type { ProfileDocument } from '../../src/contracts/document.ts';
import { breakdownTitle } from '../../src/present/report.ts';
import { documentOf, PROGRAMS, ROOT, slowcatch, startSlowcatch, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const SERVER = path.join(PROGRAMS, 'watch', 'serve.cjs');

async function watched(
  threshold: string,
  binary: string,
  ...words: readonly string[]
): Promise<[ProfileDocument, string]> {
  const folder = path.join(temporaryFolder(), 'recording');
  // A machine may be so busy that a quick one takes long, too.
  const thresholds = ['--threshold', threshold, '--threshold', 'GET /quick=60s'];
  const options = ['--watch', ...thresholds, '--json', '--out', folder];
  const ended = await slowcatch(['run', ...options, '--', binary, SERVER, ...words], { cwd: ROOT });
  expect(ended.code).toBe(0);
  return [documentOf(ended), folder];
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.startsWith('p'))
    .flatMap(name => readdirSync(path.join(folder, name)));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** So seldom that each slow request is kept. */
const SLOW_EVERY = '150';

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('what slow requests burnt is there, is theirs alone, and adds up to what they tell', async () => {
    const [document] = await watched('120ms', binary, '3000', SLOW_EVERY);
    expect(document.scope).toBe('kept');
    expect(breakdownTitle(document)).toMatch(
      /^kept: \d+ slow operations?, .* of CPU.*; what was quick was not kept$/,
    );
    expect(document.problems).toEqual([]);
    const routes = document.operations;
    const kept = routes.flatMap(route => route.kept);
    expect(kept).toHaveLength(sum(routes.map(({ slowCount }) => slowCount)));
    const slow = routes.find(({ name }) => name === 'GET /slow')!;
    expect(slow.kept.length).toBeGreaterThan(0);
    expect(routes.find(({ name }) => name === 'GET /quick')?.count).toBeGreaterThan(50);
    const inSlow = (name: string): number =>
      slow.hotFunctions.find(each => each.name === name)?.selfMicroseconds ?? 0;
    expect(inSlow('burnQuick')).toBeLessThan(0.1 * inSlow('burnFor'));
    const [hottest] = slow.kept.flatMap(each => each.hotLines.slice(0, 1));
    expect(hottest).toMatchObject({ file: SERVER, function: expect.stringMatching(/^burn(For|Slow)$/) });

    const cpu = 1000 * sum(kept.map(({ cpuMilliseconds }) => cpuMilliseconds));
    // Collections of garbage are waits in the account of an operation, wherever they fall.
    const waits = kept
      .flatMap(each => each.waits)
      .filter(({ kind, isOnThread }) => kind === 'gc' || isOnThread);
    const onThread = cpu + 1000 * sum(waits.map(({ milliseconds }) => milliseconds));
    const { sampledMicroseconds, programMicroseconds, garbageCollectionMicroseconds } = document.breakdown;
    expect(sampledMicroseconds / cpu).toBeGreaterThan(0.95);
    expect(sampledMicroseconds / onThread).toBeLessThan(1.03);
    const busy = burntMicroseconds(document.breakdown);
    const functions = [...document.hotFunctions, ...document.hotInternals];
    const ofFunctions = busy - programMicroseconds - garbageCollectionMicroseconds;
    expect(sum(functions.map(each => each.selfMicroseconds)) / ofFunctions).toBeCloseTo(1, 2);
    for (const { totalMicroseconds } of functions) expect(totalMicroseconds).toBeLessThanOrEqual(busy + 1);
    const burnt = functions.find(({ name }) => name === 'burnFor')!;
    expect(sum(burnt.callers!.map(each => each.selfMicroseconds))).toBeCloseTo(burnt.selfMicroseconds, 0);
  });
});

const ofKept = (document: ProfileDocument): number =>
  sum(
    document.operations
      .flatMap(({ kept }) => kept)
      .flatMap(({ cpuMilliseconds, waits }) => [
        cpuMilliseconds,
        ...waits.filter(({ kind, isOnThread }) => kind === 'gc' || isOnThread).map(each => each.milliseconds),
      ]),
  );

test('of so many slow requests that only some are kept, the others burnt nothing', async () => {
  const [document, folder] = await watched('120ms', process.execPath, '4000', '3');
  const slow = document.operations.find(({ name }) => name === 'GET /slow')!;
  expect(slow.keptCount).toBeLessThan(slow.slowCount);
  expect(document.breakdown.sampledMicroseconds / 1000 / ofKept(document)).toBeLessThan(1.1);
  expect(filesOf(folder)).not.toContain('candidates.ndjson');
  expect(document.durationMicroseconds).toBeGreaterThan(4_000_000);
});

test('a program that is killed leaves its slow requests, also those that others of their minute might have replaced', async () => {
  const folder = path.join(temporaryFolder(), 'recording');
  const thresholds = ['--threshold', '120ms', '--threshold', 'GET /quick=60s'];
  const command = ['--', process.execPath, SERVER, '60000', '3'];
  const run = startSlowcatch(['run', '--watch', ...thresholds, '--json', '--out', folder, ...command], {
    cwd: ROOT,
  });
  await expect
    .poll(() => (existsSync(folder) ? filesOf(folder) : []), { timeout: 60_000, interval: 100 })
    .toContain('candidates.ndjson');
  const thread = readdirSync(folder).find(name => /^p\d+-t0$/.test(name)) ?? '';
  process.kill(Number(/\d+/.exec(thread)?.[0]), 'SIGKILL');
  const ended = await run.ended;
  expect(ended.code).toBe(128 + 9);
  const document = documentOf(ended);
  const slow = document.operations.find(({ name }) => name === 'GET /slow')!;
  // The first five of the minute stay in any case.
  expect(slow.keptCount).toBeGreaterThan(5);
  const { sampledMicroseconds, idleMicroseconds } = document.breakdown;
  expect(sampledMicroseconds / 1000 / ofKept(document)).toBeLessThan(1.1);
  expect(idleMicroseconds).toBeLessThan(0.1 * sampledMicroseconds);
});

test('when all is quick, nothing of the profile stays', async () => {
  const [document, folder] = await watched('3s', process.execPath, '2500', '100000');
  const slow = (document.operations ?? []).filter(({ keptCount }) => keptCount > 0);
  expect(slow.map(({ name, kept }) => `${name} ${kept.length}`)).toEqual([]);
  expect(filesOf(folder).filter(name => /cpuprofile/.test(name))).toEqual([]);
});
