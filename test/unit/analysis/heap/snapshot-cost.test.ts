import { describe, expect, test } from 'vitest';
import { expectedCost, isSafe } from '../../../../src/analysis/heap/snapshot-cost.ts';
import { bytes, microseconds } from '../../../../src/contracts/units.ts';

const MEGABYTE = 1e6;
const heapOf = (megabytes: number, large = 0) => ({
  usedBytes: megabytes * MEGABYTE,
  largeBytes: large * MEGABYTE,
});

describe('the first snapshot of a process', () => {
  test.each([
    // Heap, of it in large objects, in MB; seconds and MB that were measured for it on machines that were idle.
    { of: 'sessions', used: 23, large: 0, seconds: [0.8, 0.8], extra: 250 },
    { of: 'sessions', used: 55, large: 0, seconds: [2.4, 2.8], extra: 600 },
    { of: 'sessions', used: 112, large: 0, seconds: [4.7, 7], extra: 1300 },
    { of: 'sessions', used: 554, large: 0, seconds: [62, 86], extra: 6900 },
    // On the processor, of programs on Node 20 and 26.
    { of: 'records of numbers', used: 27, large: 4.8, seconds: [4.2, 4.8], extra: 407 },
    { of: 'texts', used: 33, large: 1, seconds: [2.1, 3.2], extra: 281 },
    { of: 'a large map', used: 31.8, large: 7.5, seconds: [3.7, 4], extra: 560 },
    { of: 'records with texts and lists', used: 31, large: 0.5, seconds: [1.9, 3.2], extra: 230 },
    { of: 'lists of numbers', used: 18.6, large: 14.5, seconds: [0.207, 0.255], extra: 24 },
  ])('of $used MB of $of: pause and memory lie in the range', ({ used, large, seconds, extra }) => {
    const expected = expectedCost(heapOf(used, large), [], 1);
    const [shortest = 0, longest = 0] = seconds;
    expect(expected.leastPauseMicroseconds).toBeLessThanOrEqual(shortest * 1e6);
    expect(expected.mostPauseMicroseconds).toBeGreaterThanOrEqual(longest * 1e6);
    expect(expected.leastExtraBytes).toBeLessThanOrEqual(extra * MEGABYTE);
    expect(expected.mostExtraBytes).toBeGreaterThanOrEqual(extra * MEGABYTE);
  });

  test('takes longer where programs wait for a processor; not less than on an idle machine', () => {
    const [idle, busy] = [1, 8].map(crowd => expectedCost(heapOf(30), [], crowd));
    expect(busy!.mostPauseMicroseconds).toBe(8 * idle!.mostPauseMicroseconds);
    expect(busy!.leastPauseMicroseconds).toBe(idle!.leastPauseMicroseconds);
    expect(expectedCost(heapOf(30), [], 0.1)).toEqual(idle);
  });
});

describe('the next one', () => {
  const taken = (megabytes: number, objects: number, seconds: number) => ({
    ...{ usedBytes: megabytes * MEGABYTE, objects },
    cost: {
      pauseMicroseconds: microseconds(seconds * 1e6),
      extraBytes: bytes(300 * objects),
      fileBytes: bytes(60 * objects),
    },
  });

  test('has as many objects more as the heap is larger, and an object costs what it has cost', () => {
    const expected = expectedCost(heapOf(20), [taken(10, 500_000, 1)], 1);
    expect(expected).toMatchObject({
      leastPauseMicroseconds: 1_200_000,
      mostPauseMicroseconds: 3_600_000,
      mostExtraBytes: 540 * MEGABYTE,
      fileBytes: 60 * MEGABYTE,
    });
  });

  test('costs between the cheapest and the dearest of those before', () => {
    const expected = expectedCost(heapOf(10), [taken(10, 500_000, 3), taken(10, 500_000, 1)], 1);
    expect(expected.leastPauseMicroseconds).toBeLessThan(1e6);
    expect(expected.mostPauseMicroseconds).toBeGreaterThan(3e6);
  });
});

test('a heap of 554 MB is not written where 4 GB are free', () => {
  expect(isSafe(expectedCost(heapOf(554), [], 1), 4e9)).toBe(false);
  expect(isSafe(expectedCost(heapOf(554), [], 1), 24e9)).toBe(true);
});
