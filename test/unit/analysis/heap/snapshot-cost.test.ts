import { expect, test } from 'vitest';
import { expectedCost, isSafe } from '../../../../src/analysis/heap/snapshot-cost.ts';
import { bytes, microseconds } from '../../../../src/contracts/units.ts';

const MEGABYTE = 1e6;
const seconds = (megabytes: number): number => expectedCost(megabytes * MEGABYTE).pauseMicroseconds / 1e6;

test.each([
  // Live heap in MB, and the pauses that were measured for it.
  [23, 0.6, 1.3],
  [55, 2.2, 3.2],
  [112, 4.7, 8],
  [554, 62, 86],
])('of a heap of %i MB the pause is expected to be between %d and %d s', (megabytes, least, most) => {
  expect(seconds(megabytes)).toBeGreaterThan(least);
  expect(seconds(megabytes)).toBeLessThan(most);
});

test('how the last one went tells of the next one', () => {
  const cost = {
    pauseMicroseconds: microseconds(3_000_000),
    extraBytes: bytes(80 * MEGABYTE),
    fileBytes: bytes(9 * MEGABYTE),
  };
  expect(expectedCost(20 * MEGABYTE, { usedBytes: 10 * MEGABYTE, cost })).toMatchObject({
    extraBytes: 160 * MEGABYTE,
    fileBytes: 18 * MEGABYTE,
  });
  expect(expectedCost(10 * MEGABYTE, { usedBytes: 10 * MEGABYTE, cost }).pauseMicroseconds).toBe(3_000_000);
});

test('a heap of 554 MB is not written where 4 GB are free', () => {
  expect(isSafe(expectedCost(554 * MEGABYTE), 4e9)).toBe(false);
  expect(isSafe(expectedCost(554 * MEGABYTE), 16e9)).toBe(true);
});
