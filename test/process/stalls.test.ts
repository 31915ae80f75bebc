/** A blocked event loop is noticed while it is blocked, with the function and the operation that block it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { OperationRecord } from '../../src/contracts/operations.ts';
import { withBlockers } from '../../src/model/operations/stall-blockers.ts';
import { PROGRAMS, temporaryFolders } from './cli.ts';
import { MIDDLE } from './node-matrix.ts';
import { readOperations, runWithOperations } from './recorded-operations.ts';

const temporaryFolder = temporaryFolders();
const PROGRAM = path.join(PROGRAMS, 'stalls', 'block.cjs');
const WORKER = path.join(PROGRAMS, 'stalls', 'worker.cjs');
const SERVER = path.join(PROGRAMS, 'stalls', 'serve.cjs');
const OPERATIONS = { thresholdMilliseconds: 100, armOneIn: 10 };
/** A beat, and what a busy machine adds to it. */
const LATE_MICROSECONDS = 250_000;

interface Truth {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const lastOfEach = (records: readonly OperationRecord[]): OperationRecord[] => [
  ...new Map(records.map(record => [record.id, record])).values(),
];
const linesOf = (name: string): { from: number; to: number } => {
  const lines = readFileSync(PROGRAM, 'utf8').split('\n');
  const from = lines.findIndex(line => line.startsWith(`  ${name}() {`)) + 1;
  return { from, to: lines.indexOf('  },', from) + 1 };
};

describe.each(MIDDLE)('on Node.js $major', ({ binary }) => {
  test('each way of blocking is named by its function and line, and lasts as long as it did', async () => {
    const { ended, kept, records } = await runWithOperations(
      [binary, PROGRAM],
      temporaryFolder(),
      OPERATIONS,
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(records.filter(({ type }) => type === 'problem')).toEqual([]);
    const truth = JSON.parse(ended.stdout) as Truth[];
    const stalls = lastOfEach(kept.filter(({ kind }) => kind === 'stall'));
    for (const { name, from, to } of truth) {
      const stall = stalls.find(
        ({ startMicroseconds }) => startMicroseconds > from - 60_000 && startMicroseconds < to,
      );
      expect([name, stall?.end]).toEqual([name, 'ended']);
      const end = stall!.startMicroseconds + stall!.durationMicroseconds;
      const common = Math.min(end, to) - Math.max(stall!.startMicroseconds, from);
      expect(common / (to - from)).toBeGreaterThan(0.6);
      expect(stall!.durationMicroseconds - common).toBeLessThan(LATE_MICROSECONDS);
      const own = stall!.stack?.find(({ name: at }) => at.endsWith(name));
      expect([name, own?.file]).toEqual([name, PROGRAM]);
      expect(own!.line).toBeGreaterThanOrEqual(linesOf(name).from);
      expect(own!.line).toBeLessThanOrEqual(linesOf(name).to);
    }
    expect(stalls.length).toBeLessThanOrEqual(truth.length + 1);
  });
});

test('a worker thread that serves tells of its own stall when it is over, by its samples', async () => {
  const { ended, kept } = await runWithOperations([process.execPath, WORKER], temporaryFolder(), OPERATIONS);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const own = withBlockers(kept.filter(({ name, kind }) => kind !== 'stall' || name === 'spin'));
  const stall = own.find(({ name }) => name === 'spin')!;
  expect(stall).toMatchObject({ file: pathToFileURL(WORKER).href, isSampled: true, end: 'ended' });
  expect(stall.blocker?.name).toBe('GET /spin');
  const lines = readFileSync(WORKER, 'utf8').split('\n');
  const head = lines.indexOf('function spin(milliseconds) {') + 1;
  expect(stall.line).toBeGreaterThan(head);
  expect(stall.line).toBeLessThanOrEqual(lines.indexOf('}', head) + 1);
  expect(stall.durationMicroseconds).toBeGreaterThan(500_000);
});

test('a request that blocks is named, also of a program that is killed before it ends', async () => {
  const folder = temporaryFolder();
  const recorded = await runWithOperations(['node', SERVER, 'killed'], folder, OPERATIONS);
  expect(recorded.ended.signal).toBe('SIGKILL');
  const stalls = lastOfEach(readOperations(folder).kept.filter(({ kind }) => kind === 'stall'));
  expect(stalls).toHaveLength(1);
  expect(stalls[0]).toMatchObject({ end: 'open', name: 'spin', blocker: { name: 'GET /spin' } });
});

test('nothing is a stall below the threshold, and stopping in a long start is none', async () => {
  const { kept } = await runWithOperations(['node', PROGRAM, 'sleeps'], temporaryFolder(), {
    ...OPERATIONS,
    thresholdMilliseconds: 1000,
  });
  expect(kept).toEqual([]);
});
