/** What stacks add up to by function, as text that tests can compare: `rank src/a.ts:52` → self and total. */
import type { StackFunction, StackProfile } from '../../src/model/stacks/stack-profile.ts';

export interface Totals {
  readonly self: number;
  readonly total: number;
}

/** By function, all tracks together; functions without any weight are left out. `keyOf` names a function. */
export function totalsByFunction(
  { functions, tracks }: Pick<StackProfile, 'functions' | 'tracks'>,
  keyOf: (fn: StackFunction) => string,
): Map<string, Totals> {
  const keys = functions.map(keyOf);
  const sums = new Map<string, { self: number; total: number }>();
  for (const track of tracks)
    for (let node = 1; node < track.nodeCount; node++) {
      const self = track.self[node]!;
      if (!(self > 0)) continue;
      const own = keys[track.function[node]!]!;
      const onTheWay = new Set<string>();
      for (let at = node; at > 0; at = track.parent[at]!) onTheWay.add(keys[track.function[at]!]!);
      for (const key of onTheWay) {
        const sum = sums.get(key) ?? { self: 0, total: 0 };
        sums.set(key, { self: sum.self + (key === own ? self : 0), total: sum.total + self });
      }
    }
  return sums;
}

/** The largest difference between two, as a share of the whole: 0.001 is 0.1 %. What only one has counts in full. */
export function largestDifference(a: ReadonlyMap<string, Totals>, b: ReadonlyMap<string, Totals>): number {
  const whole = [...a.values()].reduce((sum, { self }) => sum + self, 0);
  let largest = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [before, after] = [a.get(key), b.get(key)];
    for (const part of ['self', 'total'] as const) {
      const difference = Math.abs((before?.[part] ?? 0) - (after?.[part] ?? 0));
      // Against its own total, not the whole: a function of little weight is to be right too.
      const own = Math.max(before?.[part] ?? 0, whole * 1e-6);
      if (difference > 0) largest = Math.max(largest, difference / own);
    }
  }
  return largest;
}
