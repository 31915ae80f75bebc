import { array, assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pace } from '../../../../src/agent/collector/pace.ts';

/** Lengths of the segments of a thread whose swaps stall as `stall` says, in milliseconds. */
function lengths(
  count: number,
  stall: (length: number, index: number) => number,
  isShared = false,
): number[] {
  const pace = new Pace(isShared);
  return Array.from({ length: count }, (_, index) => {
    const length = pace.milliseconds;
    pace.swapped(stall(length, index));
    return Math.round(length);
  });
}

describe('the length of segments', () => {
  test('starts short and settles at one second while swaps are cheap', () => {
    expect(lengths(6, () => 0.5)).toEqual([250, 500, 1000, 1000, 1000, 1000]);
  });

  test('grows until swaps take no more than their share, 2 %', () => {
    const stall = (length: number): number => 10 + length * 0.012;
    expect(lengths(60, stall).at(-1)).toBe(1250);
  });

  test('stays between a quarter of a second and two seconds, whatever is measured', () => {
    const stalls = array(double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 100 });
    assert(
      property(stalls, given => {
        const found = lengths(given.length, (_, index) => given[index] ?? 0);
        expect(Math.min(...found)).toBeGreaterThanOrEqual(250);
        expect(Math.max(...found)).toBeLessThanOrEqual(2000);
      }),
    );
  });

  test('grows to ten seconds where the profiler is shared: each swap costs the program its optimised code', () => {
    expect(lengths(6, () => 20, true)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  test('shrinks so that no single stall gets long', () => {
    const steady = lengths(8, length => length * 0.1).slice(2);
    expect(steady).toEqual([400, 400, 400, 400, 400, 400]);
  });

  test('ignores one long stall among cheap ones: the system was busy elsewhere', () => {
    const interrupted = (_: number, index: number): number => (index === 4 ? 300 : 1);
    expect(lengths(8, interrupted)).toEqual([250, 500, 1000, 1000, 1000, 1000, 1000, 1000]);
  });

  test('answers to the second long stall in a row, and recovers when the phase is over', () => {
    const phase = (_: number, index: number): number => (index === 3 || index === 4 ? 80 : 1);
    expect(lengths(8, phase)).toEqual([250, 500, 1000, 1000, 1000, 500, 1000, 1000]);
  });

  test('takes a stall that was too short to measure', () => {
    expect(lengths(4, () => 0)).toEqual([250, 500, 1000, 1000]);
  });
});
