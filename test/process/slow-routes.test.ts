/** The slow operations of real programs: which they are, what their time went to, and at which lines. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OperationRoute, ProfileDocument } from '../../src/contracts/document.ts';
import { documentOf, PROGRAMS, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES, NODES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const PROGRAM = path.join(PROGRAMS, 'operations', 'four-routes.cjs');

const lineOf = (comment: string): number =>
  readFileSync(PROGRAM, 'utf8')
    .split('\n')
    .findIndex(line => line.endsWith(`// ${comment}`)) + 1;

/** `GET /cpu: cpu at 19`; `!`: on its thread. */
const drawCause = ({ name, mainCause }: OperationRoute): string => {
  const { kind, isOnThread, file, line } = mainCause ?? { kind: 'unexplained', isOnThread: false };
  return `${name}: ${kind}${isOnThread ? '!' : ''}${file === PROGRAM ? ` at ${line}` : ''}`;
};

/** What the waits leave of it, the CPU time left out too. */
const unaccounted = ({ kept }: OperationRoute): number[] =>
  kept.map(({ durationMilliseconds, cpuMilliseconds, waits }) =>
    Math.abs(
      waits.reduce((left, { milliseconds }) => left - milliseconds, durationMilliseconds) - cpuMilliseconds,
    ),
  );

async function record(binary: string, mode: string): Promise<ProfileDocument & { readonly stderr: string }> {
  const out = temporaryFolder();
  const ended = await slowcatch([
    ...['run', '--threshold', '100ms', '--json', '--out', path.join(out, 'recording')],
    ...['--', binary, PROGRAM, mode],
  ]);
  return { ...documentOf(ended), stderr: ended.stderr };
}

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('routes that compute, block and wait are slow, each for its reason and at its line', async () => {
    const { operations, findings } = await record(binary, 'all');
    const requests = operations.filter(({ kind }) => kind === 'http');
    expect(requests.map(({ name, count }) => `${name} ${count}`).sort()).toEqual([
      'GET /cpu 5',
      'GET /fast 5',
      'GET /sync 5',
      'GET /timer 5',
    ]);
    const slow = requests.filter(({ keptCount }) => keptCount > 0);
    expect(slow.map(drawCause).sort()).toEqual([
      `GET /cpu: cpu at ${lineOf('line of cpu')}`,
      `GET /sync: fs! at ${lineOf('line of sync')}`,
      `GET /timer: timer at ${lineOf('line of timer')}`,
    ]);
    for (const route of slow) {
      expect(route).toMatchObject({ slowCount: 5, keptCount: 5 });
      expect(route.p50Milliseconds).toBeGreaterThan(100);
      for (const left of unaccounted(route)) expect(left).toBeLessThan(0.01);
    }
    const told = findings.map(({ id, subject, line }) => `${id} ${subject} ${line}`);
    expect(told).toContain(`slow-route-cpu GET /cpu ${lineOf('line of cpu')}`);
    expect(told).toContain(`blocking-call GET /sync ${lineOf('line of sync')}`);
    expect(told).toContain(`slow-route-waits GET /timer ${lineOf('line of timer')}`);
  });

  test('a program whose routes are all fast keeps nothing', async () => {
    const { operations, findings } = await record(binary, 'fast');
    expect(operations.map(({ name, count, kept }) => `${name} ${count} ${kept.length}`)).toEqual([
      'GET /fast 5 0',
    ]);
    expect(findings.map(({ id }) => id).filter(id => id.startsWith('slow-'))).toEqual([]);
  });
});

test('of a program that is killed the slow operations so far are there', async () => {
  const { operations } = await record(NODES.at(-1)!.binary, 'killed');
  const kept = operations
    .filter(({ kind }) => kind === 'http')
    .map(({ name, keptCount }) => `${name} ${keptCount}`);
  expect(kept.sort()).toEqual(['GET /cpu 5', 'GET /fast 0', 'GET /sync 5', 'GET /timer 5']);
});
