import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../../../src/model/cpu/inlining/explain.ts';
import { likelyLeaves } from '../../../../../src/model/cpu/inlining/likely-leaves.ts';
import { parseSegment } from '../../../../draw/segment.ts';

/** Frames of the functions that may be inlined, and of code that cannot be told. */
const [MIX, SUM, UNKNOWN] = [7, 8, 9];

const certain = (frame: number): Explanation => ({ kind: 'certain', moves: [{ path: [frame], share: 1 }] });

/** What a sample of `a`, which has one tick on each of its lines 1 and 2, most likely was. */
function leafOf(...lines: readonly (Explanation | undefined)[]): string {
  const leaves = likelyLeaves(
    parseSegment('0 a@0 1000'),
    (_, line) => lines[line - 1],
    () => UNKNOWN,
  );
  const { path, share } = leaves[1]!;
  return `${path.join('>') || 'own'} ${share.toFixed(2)}`;
}

describe('what a sample most likely was', () => {
  test('is the function itself where its lines are its own', () => {
    expect(leafOf(undefined, undefined)).toBe('own 1.00');
    expect(leafOf({ kind: 'unknown', moves: [] }, undefined)).toBe('own 1.00');
  });

  test('is what was inlined where all lines are its', () => {
    expect(leafOf(certain(MIX), certain(MIX))).toBe(`${MIX} 1.00`);
  });

  test('is the function with most ticks of the segment, and how likely', () => {
    const split: Explanation = {
      kind: 'estimated',
      moves: [
        { path: [MIX], share: 0.25 },
        { path: [MIX, SUM], share: 0.75 },
      ],
    };
    expect(leafOf(split, certain(MIX))).toBe(`${MIX} 0.63`);
    expect(leafOf(split, split)).toBe(`${MIX}>${SUM} 0.75`);
    expect(leafOf({ ...split, moves: [{ path: [MIX], share: 0.4 }] }, undefined)).toBe('own 0.80');
  });

  test('is inlined code where it cannot be told', () => {
    expect(leafOf({ kind: 'ambiguous', moves: [] }, { kind: 'ambiguous', moves: [] })).toBe(
      `${UNKNOWN} 1.00`,
    );
  });

  test('is the function itself where it has no ticks', () => {
    const leaves = likelyLeaves(
      parseSegment('0 a@0 1000'),
      () => certain(MIX),
      () => UNKNOWN,
    );
    expect(leaves[0]).toEqual({ path: [], share: 1 });
  });
});
