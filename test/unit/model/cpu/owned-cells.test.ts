import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallTree } from '../../../../src/model/cpu/call-tree.ts';
import { OwnedCellsBuilder, treeOfOwners, type OwnedSpan } from '../../../../src/model/cpu/owned-cells.ts';
import { CallTreeBuilder } from '../../../../src/model/cpu/weigh.ts';
import { drawWeights, parseSegment } from '../../../draw/segment.ts';
import { drawnSegments } from './drawn-segments.ts';

/** The whole tree, and that of each owner. */
function treesOf(segments: readonly string[], spans: readonly OwnedSpan[], owners: number) {
  const builder = new CallTreeBuilder();
  const counted = segments.map(parseSegment).map(segment => ({ segment, span: builder.add(segment) }));
  const whole = builder.tree();
  const parts = builder.parts();
  const cells = new OwnedCellsBuilder(
    spans.toSorted((a, b) => a.from - b.from),
    owners,
    whole,
  );
  for (const { segment, span } of counted) cells.add(segment, span, parts.nodesOf(segment));
  const found = cells.cells();
  return { whole, of: (...wanted: readonly number[]) => treeOfOwners(found, whole, wanted) };
}

const own = (owner: number, from: number, to: number): OwnedSpan => ({ owner, from, to });

describe('the time of an owner', () => {
  const drawn = '0 a@0 b@1000 b@2000 c@3000 4000';

  test('is what was sampled in its spans', () => {
    const { of } = treesOf([drawn], [own(0, 400, 1100), own(1, 1100, 1200), own(0, 2400, 2600)], 2);
    expect(drawWeights(of(0))).toBe('a 100 (0) b 700 (1) c 100 (0)');
    expect(drawWeights(of(1))).toBe('b 100 (0)');
    expect(drawWeights(of(0, 1))).toBe('a 100 (0) b 800 (1) c 100 (0)');
  });

  test('is nothing outside of the recording, or without spans', () => {
    const { of } = treesOf([drawn], [own(0, -500, 0), own(0, 4000, 9000)], 2);
    expect(drawWeights(of(0))).toBe('');
    expect(drawWeights(of(1))).toBe('');
  });

  test('counts once in an overlap of two segments, and goes on from one to the next', () => {
    const segments = ['0 a@0 a@1000 2000', '1500 a@1500 b@2500 3000'];
    const { of } = treesOf(segments, [own(0, 1000, 3000)], 1);
    expect(drawWeights(of(0))).toBe('a 1000 (1) b 1000 (1)');
  });

  test('that nobody has seen stays nobody’s', () => {
    const { of } = treesOf(['0 a@0 a@1000 b@41000 b@42000 b@43000 43000'], [own(0, 1400, 40_600)], 1);
    expect(drawWeights(of(0))).toBe('a 100 (0) b 100 (0) (not sampled) 39000 (0)');
  });

  test('two owners at once both have', () => {
    const { of } = treesOf([drawn], [own(0, 1000, 2000), own(1, 0, 4000)], 2);
    expect(drawWeights(of(0))).toBe('b 1000 (1)');
    expect(drawWeights(of(1))).toBe('a 500 (1) b 2000 (2) c 1500 (1)');
  });

  test('spreads over its lines', () => {
    const { lineNumber, lineMicroseconds } = treesOf([drawn], [own(0, 2500, 4000)], 1).of(0);
    expect([...lineNumber]).toEqual([1, 2]);
    expect([...lineMicroseconds]).toEqual([750, 750]);
  });
});

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

test('owners whose spans partition the recording add up to the whole, by node and line', () => {
  const cuts = fc.array(fc.integer({ min: 90_000, max: 400_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(drawnSegments, cuts, fc.integer({ min: 1, max: 4 }), (segments, at, owners) => {
      const borders = [0, ...at.toSorted((a, b) => a - b), 1e9];
      const spans = borders.slice(1).map((to, index) => own(index % owners, borders[index]!, to));
      const { whole, of } = treesOf(segments, spans, owners);
      const parts = Array.from({ length: owners }, (_, owner) => of(owner));
      const sum = (value: (tree: CallTree) => number): number =>
        parts.reduce((all, part) => all + value(part), 0);
      for (let node = 0; node < whole.nodeCount; node++) {
        expect(sum(({ self }) => self[node]!)).toBeCloseTo(whole.self[node]!, 5);
        // One at the very end of a segment lies behind all spans.
        expect(sum(({ samples }) => samples[node]!)).toBeLessThanOrEqual(whole.samples[node]!);
      }
      expect(sum(tree => total(tree.lineMicroseconds))).toBeCloseTo(total(whole.lineMicroseconds), 5);
    }),
  );
});

describe('stretches within a call', () => {
  /** `r` and `o` run in call 0. */
  const stretchesOf = (drawn: string, ...spans: OwnedSpan[]): string[] => {
    const builder = new CallTreeBuilder();
    const segment = parseSegment(drawn);
    const counted = builder.add(segment);
    const whole = builder.tree();
    const callOf = whole.frame.map(frame => ('ro'.includes(whole.frames[frame]!.functionName) ? 0 : -1));
    const cells = new OwnedCellsBuilder(spans, 2, whole, callOf);
    cells.add(segment, counted, builder.parts().nodesOf(segment));
    return cells.cells().stretches.map(({ owner, call, from, to }) => `${owner}: ${call} ${from}-${to}`);
  };

  test('go on from sample to sample, and end where something else ran', () => {
    expect(stretchesOf('0 a@0 r@1000 o@2000 a@3000 r@4000 5000', own(0, 0, 5000))).toEqual([
      '0: 0 500-2500',
      '0: 0 3500-5000',
    ]);
  });

  test('end with the owner’s spans', () => {
    expect(stretchesOf('0 r@0 r@1000 r@2000 3000', own(0, 100, 400), own(1, 700, 900))).toEqual([
      '0: 0 100-400',
      '1: 0 700-900',
    ]);
  });

  test('go on where the sampler came late, between two samples of one call', () => {
    expect(stretchesOf('0 a@0 r@1000 o@90000 o@91000 a@92000 93000', own(0, 0, 93_000))).toEqual([
      '0: 0 500-91500',
    ]);
    expect(stretchesOf('0 a@0 r@1000 a@90000 a@91000 a@92000 93000', own(0, 0, 93_000))).toEqual([
      '0: 0 500-1500',
    ]);
  });
});
