import { describe, expect, test } from 'vitest';
import { formatMoment, timeTicks } from '../../../../webview-ui/time-axis.ts';
import { axisText, axisTop } from '../../../../webview-ui/runtime/panels/unit-text.ts';

const labels = (from: number, to: number, most = 6): string =>
  timeTicks({ from, to }, most)
    .map(({ label }) => label)
    .join(', ');

describe('ticks of the time axis', () => {
  test.each([
    [0, 3200, '0 s, 1 s, 2 s, 3 s'],
    [0, 2600, '0 s, 0.5 s, 1.0 s, 1.5 s, 2.0 s, 2.5 s'],
    [0, 600_000, '0 s, 2:00, 4:00, 6:00, 8:00, 10:00'],
    [0, 90_000, '0 s, 15 s, 30 s, 45 s, 1:00, 1:15, 1:30'],
    [1000, 1010, '1.000 s, 1.002 s, 1.004 s, 1.006 s, 1.008 s, 1.010 s'],
    [0, 100, '0 ms, 20 ms, 40 ms, 60 ms, 80 ms, 100 ms'],
    [0, 3 * 3_600_000, '0 s, 30:00, 1:00:00, 1:30:00, 2:00:00, 2:30:00, 3:00:00'],
  ])('from %i to %i ms', (from, to, expected) => {
    expect(labels(from, to)).toBe(expected);
  });

  test('of nothing are none', () => {
    expect(timeTicks({ from: 5, to: 5 }, 6)).toEqual([]);
  });
});

test.each([
  [12_340, 20_000, '12.3 s'],
  [90_400, 600_000, '1:30'],
  [119_800, 600_000, '2:00'],
  [90_500, 100_000, '1:30.5'],
  [61_000, 100_000, '1:01.0'],
  [3_661_000, 7_200_000, '1:01:01'],
  [5, 100, '5.0 ms'],
])('the moment %i of %i ms is %s', (at, to, expected) => {
  expect(formatMoment(at, { from: 0, to })).toBe(expected);
});

test.each([
  ['bytes', 20e6, '20 MB'],
  ['milliseconds', 0.5, '0.5 ms'],
  ['milliseconds', 2000, '2 s'],
  ['share', 0.5, '50 %'],
  ['cores', 1.5, '1.5'],
  ['bytes', 0, '0'],
] as const)('a tick of %s at %d says %s', (unit, value, expected) => {
  expect(axisText(unit, value)).toBe(expected);
});

test('the top of an axis is a round number above all values, and steady while they change a little', () => {
  expect([0, 41e6, 44e6, 62.5e6].map(highest => axisTop('bytes', highest))).toEqual([1000, 5e7, 5e7, 8e7]);
  expect(axisTop('share', 0.2)).toBe(1);
  expect(axisTop('milliseconds', 0)).toBe(1);
});
