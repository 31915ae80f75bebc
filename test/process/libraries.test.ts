/**
 * Real libraries with real servers, on every Node.js: what an operation waits for, by its library's own word, and in
 * whose operation callbacks run. The programs stand in `test/matrix/programs`, beside the packages.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WaitRecord } from '../../src/contracts/operations.ts';
import { startPostgres } from '../services/postgres.mjs';
import { startRedis } from '../services/redis.mjs';
import { temporaryFolders } from './cli.ts';
import { EDGES, type MatrixNode } from './node-matrix.ts';
import { ELSEWHERE, isMissing, WAITS } from './libraries/expected.ts';
import { buildPreload, printed as runProgram } from './libraries/run-program.ts';

const temporaryFolder = temporaryFolders();
const preload = path.join(temporaryFolder(), 'preload.cjs');
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const services: {
  postgres?: Awaited<ReturnType<typeof startPostgres>>;
  redis?: Awaited<ReturnType<typeof startRedis>>;
} = {};

beforeAll(async () => {
  await buildPreload(preload);
  [services.postgres, services.redis] = await Promise.all([startPostgres(), startRedis()]);
});

afterAll(async () => {
  await Promise.all([services.postgres?.stop(), services.redis?.stop()]);
});

const printed = <T>(
  node: MatrixNode,
  program: string,
  env: Record<string, string> = {},
  options: readonly string[] = ['--require', preload],
): Promise<T> => {
  const urls = { POSTGRES: services.postgres?.url ?? '', REDIS: services.redis?.url ?? '' };
  return runProgram(node, program, { ...urls, ...env }, options);
};

/** Microseconds, from the operation's beginning. */
interface Told {
  readonly name: string;
  readonly duration: number;
  readonly slices: readonly number[];
  readonly waits: readonly WaitRecord[];
}

/** Cases that wait for somebody wait for at least so long, in microseconds. */
const LONG = 95_000;
const MOST_UNTOLD = 60_000;

/** The waits of a case by alphabet; ports are not told, nor how pg and a server agree on a password. */
function draw({ name, waits }: Told): string {
  const told = waits.filter(({ kind }) => kind !== 'crypto' || !name.startsWith('pg'));
  return [name, ...told.map(lineOf).toSorted()].join('\n');
}

const lineOf = ({ kind, library, detail, isOnThread }: WaitRecord): string =>
  `  ${[isOnThread ? `${kind}!` : kind, library, detail?.replaceAll(/:\d+(?=$|\/)/g, ':PORT')].filter(Boolean).join(' ')}`;

/** How much of the time it neither waits, by a library's word, nor has the thread. */
function untold({ duration, slices, waits }: Told): number {
  const spans = [
    ...waits.map(({ from, length }) => ({ from, to: length === null ? duration : from + length })),
    ...slices.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: from + slices[index + 1]! }] : [])),
  ];
  let until = 0;
  let covered = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return duration - covered;
}

const sum = (waits: readonly WaitRecord[]): number =>
  waits.reduce((total, { length }) => total + (length ?? Infinity), 0);

const sections = (text: string): string[] => text.trim().split(/\n(?! )/);
const nameOf = (section: string): string => section.split('\n', 1)[0] ?? '';

describe.each(EDGES)('Node $major', node => {
  test.each([
    ['CommonJS', 'waits.cjs'],
    ['ES modules', 'waits.mjs'],
  ] as const)('%s: every wait is told, with its kind and detail', async (_, program) => {
    const told = await printed<Told[]>(node, program);
    const isUnseen = (name: string): boolean => isMissing(name, node.major, program);
    const expected = sections(WAITS).map(section => (isUnseen(nameOf(section)) ? nameOf(section) : section));
    expect(told.map(draw)).toEqual(expected);
    // No wait of 100 ms is missed (a busy machine takes its time too), and one begins where the other has ended.
    const long = told.filter(({ duration, waits }) => duration >= LONG && waits.length > 0);
    expect(long.filter(each => untold(each) > MOST_UNTOLD)).toEqual([]);
    const inTurn = told.filter(({ name }) => name.includes('pool,'));
    expect(inTurn.filter(({ duration, waits }) => sum(waits) > duration)).toEqual([]);
    expect([long.length > 20, inTurn.length]).toEqual([true, 7]);
  });

  test('a callback runs in the operation that has asked for it', async () => {
    const told = await printed<[string, string][]>(node, 'context.cjs');
    const elsewhere = told.filter(([, where]) => where !== 'its own');
    expect(elsewhere.map(line => line.join(': '))).toEqual(sections(ELSEWHERE));
    expect(told.length).toBeGreaterThan(40);
  });

  test('in a program that already runs, all but an ES module that hands out a function', async () => {
    const told = await printed<Told[]>(node, 'waits.cjs', { LATE: 'yes' });
    const silent = told.filter(({ waits }) => waits.length === 0).map(({ name }) => name);
    expect(silent).toEqual(
      sections(WAITS)
        .map(nameOf)
        .filter(name => name === 'p-limit' || isMissing(name, node.major, 'waits.cjs')),
    );
  });

  test.runIf(hasRedis).each(['jobs.cjs', 'jobs.mjs'])(
    'jobs are operations of their own: %s',
    async program => {
      expect(await printed(node, program)).toEqual([
        ['mails/welcome', 'error', ['query ioredis get']],
        ['mails/welcome', 'ok', ['query ioredis get']],
        ['reports/daily', 'error', ['query ioredis get', 'query ioredis pipeline of 3']],
        ['reports/weekly', 'ok', ['query ioredis get', 'query ioredis evalsha']],
      ]);
    },
  );

  test.each(['boss.cjs', 'boss.mjs'])('handlers of pg-boss are operations: %s', async program => {
    const versions = node.major < 24 ? ['boss10'] : ['boss10', 'boss12'];
    expect(await printed(node, program)).toEqual(
      versions.flatMap(queue => [
        [queue, 'error', true, ['pg select ?']],
        [queue, 'ok', true, ['pg select ?']],
      ]),
    );
  });

  test.each(['cron.cjs', 'cron.mjs'])('runs of a task by the clock are operations: %s', async program => {
    const told = await printed<unknown[]>(node, program);
    expect(told.slice(0, 4)).toEqual([
      ['cron nightly', 'ok', 'fs', true],
      ['cron 0 0 1 1 *', 'ok', 'fs', true],
      ['cron fails', 'error', 'fs', true],
      ['cron every second', 'ok', 'fs', true],
    ]);
  });

  test.each(['', 'yes'])(
    'what a program gets from its libraries is the same without us; frozen: "%s"',
    async FREEZE => {
      const [without, within] = await Promise.all([
        printed(node, 'guests.cjs', { FREEZE }, []),
        printed(node, 'guests.cjs', { FREEZE }),
      ]);
      expect(within).toEqual(without);
      expect(within).toMatchObject({ unhandled: 'ENOENT', isPromise: true, theirs: true, lookups: 1 });
    },
  );
});
