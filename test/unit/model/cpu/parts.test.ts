import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallTree } from '../../../../src/model/cpu/call-tree.ts';
import type { TimeSpan } from '../../../../src/model/cpu/time-span.ts';
import { prunedTree } from '../../../../src/model/cpu/pruned-tree.ts';
import { CallTreeBuilder } from '../../../../src/model/cpu/weigh.ts';
import { drawCallTree } from '../../../draw/call-tree.ts';
import { drawWeights, parseSegment } from '../../../draw/segment.ts';
import { drawnSegments } from './drawn-segments.ts';

/** The trees of spans of what segments add up to. */
function partsOf(segments: readonly string[], spans: readonly TimeSpan[]): CallTree[] {
  const builder = new CallTreeBuilder();
  const counted = segments.map(parseSegment).map(segment => ({ segment, ...builder.add(segment) }));
  const parts = builder.parts();
  return spans.map(({ from, to }) => {
    const part = parts.begin();
    for (const { segment, ...own } of counted) {
      const span = { from: Math.max(from, own.from), to: Math.min(to, own.to) };
      if (span.from < span.to) part.add(segment, span);
    }
    return part.tree();
  });
}

const weights = (from: number, to: number, ...segments: readonly string[]): string =>
  drawWeights(partsOf(segments, [{ from, to }])[0]!);

describe('a part of the samples', () => {
  const drawn = '0 a@0 b@1000 b@2000 c@3000 4000';

  test('samples at its borders count with what lies inside', () => {
    expect(weights(400, 2600, drawn)).toBe('a 100 (0) b 2000 (2) c 100 (0)');
  });

  test('it may lie within one sample', () => {
    expect(weights(1100, 1200, drawn)).toBe('b 100 (0)');
  });

  test('what is outside, before or behind, has no time', () => {
    expect(weights(4000, 9000, drawn)).toBe('');
    expect(weights(-50, 0, drawn)).toBe('');
  });

  test('time in which the sampler saw nothing stays nobody’s', () => {
    const gap = '0 a@0 a@1000 b@41000 b@42000 b@43000 43000';
    expect(weights(1400, 40_600, gap)).toBe('a 100 (0) b 100 (0) (not sampled) 39000 (0)');
    expect(weights(5000, 6000, gap)).toBe('(not sampled) 1000 (0)');
  });

  test('what overlaps the segment before counts once', () => {
    expect(weights(1000, 3000, '0 a@0 a@1000 2000', '1500 a@1500 b@2500 3000')).toBe('a 1000 (1) b 1000 (1)');
  });

  test('lines of a node have the share of its time that lies inside', () => {
    const [part] = partsOf([drawn, '4000 a@4000 d@5000 6000'], [{ from: 2500, to: 4200 }]);
    const { lineNode, lineNumber, lineMicroseconds, frames, frame } = part!;
    const lines = Array.from(
      lineNode,
      (node, row) => `${frames[frame[node]!]!.functionName}:${lineNumber[row]} ${lineMicroseconds[row]}`,
    );
    expect(lines).toEqual(['a:1 100', 'a:2 100', 'c:1 750', 'c:2 750']);
  });

  test('nodes and frames have the numbers of the whole', () => {
    const segments = [drawn, '4000 d@4000 5000'];
    const builder = new CallTreeBuilder();
    for (const each of segments) builder.add(parseSegment(each));
    const [part] = partsOf(segments, [{ from: 4100, to: 4200 }]);
    expect(part!.frames).toEqual(builder.tree().frames);
    expect(part!.frame).toEqual(builder.tree().frame);
    expect(drawWeights(prunedTree(part!))).toBe('d 100 (0)');
    expect(prunedTree(part!).frames.map(({ functionName }) => functionName)).toEqual(['(root)', 'd']);
    expect(drawCallTree(prunedTree(part!))).toBe(drawCallTree(part!));
  });

  test('segments that are added later change nothing', () => {
    const builder = new CallTreeBuilder();
    const first = parseSegment(drawn);
    const counted = builder.add(first);
    const tree = builder.tree();
    const parts = builder.parts();
    builder.add(parseSegment('4000 d@4000 5000'));
    const part = parts.begin();
    part.add(first, counted);
    expect(part.tree()).toEqual(tree);
  });
});

const byFunction = (trees: readonly CallTree[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const tree of trees)
    for (const [node, value] of tree.self.entries()) {
      const { functionName } = tree.frames[tree.frame[node]!]!;
      sums.set(functionName, (sums.get(functionName) ?? 0) + value);
    }
  return sums;
};

test('the parts of a time line add up to the whole, by function', () => {
  const cuts = fc.array(fc.integer({ min: 90_000, max: 400_000 }), { maxLength: 6 });
  fc.assert(
    fc.property(drawnSegments, cuts, (segments, at) => {
      const builder = new CallTreeBuilder();
      for (const each of segments) builder.add(parseSegment(each));
      const whole = builder.tree();
      const borders = [0, ...at.toSorted((a, b) => a - b), 1e9];
      const spans = borders.slice(1).map((to, index) => ({ from: borders[index]!, to }));
      const parts = partsOf(segments, spans);
      const sums = byFunction(parts);
      for (const [name, time] of byFunction([whole])) expect(sums.get(name) ?? 0).toBeCloseTo(time, 5);
      const total = (trees: readonly CallTree[]): number =>
        trees.flatMap(tree => [...tree.self]).reduce((sum, time) => sum + time, 0);
      expect(total(parts)).toBeCloseTo(total([whole]), 5);
      const lines = (trees: readonly CallTree[]): number =>
        trees.flatMap(tree => [...tree.lineMicroseconds]).reduce((sum, time) => sum + time, 0);
      expect(lines(parts)).toBeCloseTo(lines([whole]), 5);
      for (const part of parts) expect(lines([part])).toBeLessThanOrEqual(total([part]) + 1e-6);
    }),
  );
});
