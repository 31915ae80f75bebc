import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { analyzeOperations } from '../../../../src/backend/analyze.ts';
import { openInput } from '../../../../src/backend/open-input.ts';
import type { KeptOperation, OperationRoute, ProfileDocument } from '../../../../src/contracts/document.ts';
import type { OperationRecord } from '../../../../src/contracts/operations.ts';
import type { OperationSelection, TimeRange } from '../../../../src/contracts/profile-source.ts';
import { profileDocument } from '../../../../src/present/document.ts';
import { drawOperation } from '../../../draw/operations.ts';
import { writeOperations, writeRecording } from '../../../draw/recording.ts';

/** Of one thread that was sampled every 10 ms: `a` from 1 to 1.1 s, `b` until 1.3 s, then idle. */
const SAMPLES = [
  '1000000 ' +
    [
      ...Array.from({ length: 10 }, (_, index) => `a@${1_000_000 + 10_000 * index}`),
      ...Array.from({ length: 20 }, (_, index) => `b@${1_100_000 + 10_000 * index}`),
      ...Array.from({ length: 70 }, (_, index) => `(idle)@${1_300_000 + 10_000 * index}`),
    ].join(' ') +
    ' 2000000',
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-operations-'));
  writeRecording(folder, { 'p1-t0': SAMPLES });
});
afterEach(() => rmSync(folder, { recursive: true }));

const operation = (id: number, name: string, drawn: string, more: object = {}): OperationRecord => ({
  ...drawOperation(drawn),
  ...{ id, name },
  ...more,
});

async function documentWith(
  operations: readonly OperationRecord[],
  routes: Parameters<typeof writeOperations>[2] = [],
  range?: TimeRange,
): Promise<ProfileDocument> {
  writeOperations(path.join(folder, 'p1-t0'), operations, routes);
  return profileDocument(await openInput(folder, range));
}

const drawKept = ({ key, startMicroseconds, durationMilliseconds, cpuMilliseconds, waits }: KeptOperation) =>
  [
    `${key} at ${startMicroseconds / 1000}, ${durationMilliseconds}: cpu ${cpuMilliseconds}`,
    ...waits.map(
      ({ kind, milliseconds, count, file, line, detail }) =>
        `${kind} ${milliseconds}${count > 1 ? ` in ${count}` : ''}${file === undefined ? '' : ` ${file}:${line}`}${detail === undefined ? '' : ` (${detail})`}`,
    ),
  ].join(', ');
const drawCause = ({ mainCause }: Pick<OperationRoute, 'mainCause'>): string =>
  mainCause === undefined
    ? 'unexplained'
    : `${mainCause.kind} ${Math.round(mainCause.share * 100)} % ${mainCause.file}:${mainCause.line}`;

const WAITING = `
  start 1050
  duration 400
  slices 0-50 350-400
  resumed 1 TCPWRAP
  pool 50-250 pg
  query 250-350 pg SELECT ?
  await 50-350 /app/db.js:14 TCPWRAP`;
const BURNING = `
  start 1100
  duration 200
  slices 0-200`;

describe('operations in the document', () => {
  test('each kept one has its time on the CPU and its waits, which add up to it', async () => {
    const { operations } = await documentWith([
      operation(1, 'GET /orders', WAITING, { status: 200 }),
      operation(2, 'GET /report', BURNING),
    ]);
    expect(operations.map(({ name }) => name)).toEqual(['GET /orders', 'GET /report']);
    expect(operations.flatMap(({ kept }) => kept.map(drawKept))).toEqual([
      'p1-t0:1 at 50, 400: cpu 100, pool 200 /app/db.js:14, query 100 /app/db.js:14 (SELECT ?)',
      'p1-t0:2 at 100, 200: cpu 200',
    ]);
    expect(operations[0]!.kept[0]).toMatchObject({ status: 200, end: 'ended' });
    for (const { kept } of operations)
      for (const { cpuMilliseconds, waits, durationMilliseconds } of kept)
        expect(waits.reduce((sum, { milliseconds }) => sum + milliseconds, cpuMilliseconds)).toBeCloseTo(
          durationMilliseconds,
          6,
        );
  });

  test('each has the lines that were sampled in it, idle time left out', async () => {
    const { operations } = await documentWith([
      operation(1, 'GET /orders', WAITING),
      operation(2, 'GET /report', BURNING),
    ]);
    const [orders, report] = operations;
    expect(orders!.kept[0]).toMatchObject({ samples: 5 });
    expect(orders!.kept[0]!.sampledMicroseconds).toBeCloseTo(45_000 + 5000, -3);
    expect(orders!.hotFunctions.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(report!.hotFunctions.map(({ name, selfMicroseconds }) => `${name} ${selfMicroseconds}`)).toEqual([
      'b 195000',
    ]);
  });

  test('the main cause is the largest part, at the line that most of it has', async () => {
    const { operations } = await documentWith([
      operation(1, 'GET /orders', WAITING),
      operation(2, 'GET /report', BURNING),
      operation(3, 'GET /lost', 'start 1400\nduration 500\nslices 0-1 499-500'),
    ]);
    const causes = Object.fromEntries(operations.map(route => [route.name, drawCause(route)]));
    expect(causes).toMatchObject({
      'GET /orders': 'pool 50 % /app/db.js:14',
      'GET /report': 'cpu 100 % undefined:undefined',
      'GET /lost': 'unexplained',
    });
  });

  test('routes are counted whether slow or not, in all threads', async () => {
    const durations = (milliseconds: number, count: number) =>
      [[Math.floor(8 * Math.log2(milliseconds * 1000)), count]] as [number, number][];
    writeRecordingOf('p2-t0', [{ name: 'GET /', count: 10, durations: durations(300, 10), slowCount: 10 }]);
    const { operations } = await documentWith(
      [],
      [
        { name: 'GET /', count: 90, durations: durations(20, 90), errorCount: 2 },
        { name: 'job', kind: 'job', count: 5, oneIn: 16 },
      ],
    );
    expect(operations.map(({ name, count, kept }) => `${name} ${count} ${kept.length}`)).toEqual([
      'GET / 100 0',
      'job 5 0',
    ]);
    const [route, job] = operations;
    expect(route).toMatchObject({ slowCount: 10, errorCount: 2, keptCount: 0, thresholdMilliseconds: 100 });
    expect(Math.abs(route!.p50Milliseconds / 20 - 1)).toBeLessThan(0.09);
    expect(Math.abs(route!.p95Milliseconds / 300 - 1)).toBeLessThan(0.09);
    expect(job).toMatchObject({ oneIn: 16, p50Milliseconds: 0 });
  });

  test('a program that was killed before it could count has what it kept', async () => {
    const { operations } = await documentWith([operation(1, 'GET /orders', WAITING, { status: 503 })]);
    expect(operations[0]).toMatchObject({
      ...{ count: 1, slowCount: 1, keptCount: 1, errorCount: 1 },
      ...{ p50Milliseconds: 400, p99Milliseconds: 400, maxMilliseconds: 400 },
    });
  });

  test('of a range those that overlap it, in full', async () => {
    const both = [operation(1, 'GET /orders', WAITING), operation(2, 'GET /report', BURNING)];
    const counted = [{ name: 'GET /orders', count: 900 }];
    const within = async (startMicroseconds: number, endMicroseconds: number) =>
      (await documentWith(both, counted, { startMicroseconds, endMicroseconds })).operations.map(
        ({ name, count, kept }) => `${name} ${count} ${kept[0]?.durationMilliseconds}`,
      );
    expect(await within(310_000, 400_000)).toEqual(['GET /orders 1 400']);
    expect(await within(0, 200_000)).toEqual(['GET /orders 1 400', 'GET /report 1 200']);
    expect(await within(500_000, 900_000)).toEqual([]);
  });

  test('an operation inside another one is part of it, and has its own as well', async () => {
    const { operations } = await documentWith([
      operation(1, 'GET /report', BURNING.replace('0-200', '0-50 150-200')),
      operation(2, 'sum', 'start 1150\nduration 100\nslices 0-100', { kind: 'call', parent: 1 }),
    ]);
    expect(operations.flatMap(({ kept }) => kept.map(drawKept))).toEqual([
      'p1-t0:1 at 100, 200: cpu 200',
      'p1-t0:2 at 150, 100: cpu 100',
    ]);
    expect(operations.map(({ kept }) => Math.round(kept[0]!.sampledMicroseconds / 1000))).toEqual([195, 100]);
  });

  test('a flamegraph of one, or of a route, has what ran in it alone', async () => {
    writeOperations(path.join(folder, 'p1-t0'), [
      operation(1, 'GET /orders', WAITING),
      operation(2, 'GET /report', BURNING),
    ]);
    const stacksOf = async (selection: OperationSelection): Promise<string[]> => {
      const { stacks } = await analyzeOperations(folder, selection);
      const { functions, tracks } = stacks();
      return tracks.flatMap(({ function: of, self }) =>
        Array.from(of.keys())
          .filter(node => self[node]! > 0)
          .map(node => `${functions[of[node]!]?.name} ${self[node]}`),
      );
    };
    const orders = ['a 45000', 'b 5000', '(idle) 50000'];
    expect(await stacksOf({ kind: 'operation', key: 'p1-t0:1' })).toEqual(orders);
    expect(await stacksOf({ kind: 'route', of: 'http', name: 'GET /orders' })).toEqual(orders);
    await expect(stacksOf({ kind: 'operation', key: 'p1-t0:9' })).rejects.toMatchObject({
      code: 'operation-gone',
    });
  });

  function writeRecordingOf(thread: string, routes: Parameters<typeof writeOperations>[2]): void {
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-operations-'));
    writeRecording(folder, { 'p1-t0': SAMPLES, [thread]: SAMPLES });
    writeOperations(path.join(folder, thread), [], routes);
  }
});
