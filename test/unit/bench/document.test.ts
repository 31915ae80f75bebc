import { describe, expect, test } from 'vitest';
import { atMost, median, medianWithInterval, percentile } from '../../bench/document.ts';

describe('a gate', () => {
  test.each([
    ['pass', 'the whole interval keeps the limit', { value: 1.04, low: 1.02, high: 1.06 }],
    ['unsure', 'the limit lies inside the interval', { value: 1.05, low: 1.03, high: 1.08 }],
    ['unsure', 'the interval begins at the limit', { value: 1.08, low: 1.06, high: 1.1 }],
    ['fail', 'the whole interval is above the limit', { value: 1.09, low: 1.07, high: 1.12 }],
  ])('says %s when %s', (verdict, _, estimate) => {
    expect(atMost('CPU', 1.06, estimate)).toEqual({ name: 'CPU', limit: 1.06, verdict, ...estimate });
  });
});

describe('the median of blocks', () => {
  test('has an interval around it that lies within the values', () => {
    const values = Array.from({ length: 15 }, (_, index) => 1 + index / 100);
    const { value, low, high } = medianWithInterval(values);
    expect(value).toBeCloseTo(1.07, 12);
    expect(low).toBeGreaterThanOrEqual(1.02);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(high).toBeLessThanOrEqual(1.12);
  });

  test('has the same interval every time', () => {
    const values = [1.1, 0.9, 1.3, 1.05];
    expect(medianWithInterval(values)).toEqual(medianWithInterval(values));
  });

  test('of a single block is that block, with no width to judge by', () => {
    expect(medianWithInterval([1.02])).toEqual({ value: 1.02, low: 1.02, high: 1.02 });
  });

  test('lies between the two middle values of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

test('a percentile is one of the values: the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0, 0.5, 0.99, 1].map(share => percentile(values, share))).toEqual([1, 50, 99, 100]);
});
