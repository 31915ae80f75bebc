import { expect, test } from 'vitest';
import type { OperationsNews } from '../../../../src/agent/collector/contract.ts';
import { SampledStalls } from '../../../../src/agent/collector/sampled-stalls.ts';
import type { OperationRecord } from '../../../../src/contracts/operations.ts';

const frame = (functionName: string, url: string, line: number) => ({
  callFrame: { functionName, url, scriptId: '1', lineNumber: line - 1, columnNumber: 0 },
});

/** serve (line 1) calls parse (line 10), which calls readFileSync of Node; samples every millisecond from 0. */
const profile = (samples: readonly number[]): string =>
  JSON.stringify({
    nodes: [
      { id: 1, ...frame('(root)', '', 0), children: [2] },
      { id: 2, ...frame('serve', 'file:///a.js', 1), children: [3, 5] },
      {
        id: 3,
        ...frame('parse', 'file:///a.js', 10),
        children: [4],
        positionTicks: [
          { line: 12, ticks: 2 },
          { line: 14, ticks: 9 },
        ],
      },
      { id: 4, ...frame('readFileSync', 'node:fs', 400) },
      { id: 5, ...frame('other', 'file:///a.js', 30) },
    ],
    startTime: 0,
    endTime: samples.length * 1000,
    samples,
    timeDeltas: samples.map((_, index) => (index === 0 ? 0 : 1000)),
  });

const stall = (fromMilliseconds: number, milliseconds: number): OperationRecord =>
  ({
    kind: 'stall',
    name: '(unknown)',
    startMicroseconds: fromMilliseconds * 1000,
    durationMicroseconds: milliseconds * 1000,
  }) as OperationRecord;

function world() {
  const told: OperationsNews[] = [];
  return { stalls: new SampledStalls(news => told.push(news)), told };
}

const drawn = (told: readonly OperationsNews[]): string[] =>
  told.flatMap(({ kept }) => kept.map(({ record: { name, line } }) => `${name}:${line}`));

test('a stall is named by the stack that half of its samples have, with its hottest line', () => {
  const { stalls, told } = world();
  stalls.segment(profile([5, 5, 5, 3, 3, 3, 3, 5]));
  stalls.take([stall(3, 4)]);
  expect(drawn(told)).toEqual(['parse:14']);
  expect(told[0]).toMatchObject({
    atMicroseconds: 3000,
    routes: [{ kind: 'stall', count: 1, keptCount: 1 }],
  });
  expect(told[0]!.kept[0]!.record).toMatchObject({
    isSampled: true,
    stack: [{ name: 'parse' }, { name: 'serve' }],
  });
});

test('the innermost function of the program counts, and its samples may come later', () => {
  const { stalls, told } = world();
  stalls.take([stall(0, 4)]);
  expect(stalls.since).toBe(0);
  stalls.segment(profile([4, 4]));
  expect(told).toEqual([]);
  stalls.segment(profile([4, 4, 4, 4, 5]));
  expect(drawn(told)).toEqual(['parse:10']);
  expect(stalls.since).toBe(Infinity);
});

test('what nobody has sampled is told without a name', () => {
  const { stalls, told } = world();
  stalls.take([stall(50, 4)]);
  stalls.segment(profile([1, 1]));
  stalls.end();
  expect(drawn(told)).toEqual(['(unknown):undefined']);
});
