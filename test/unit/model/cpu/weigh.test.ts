import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallTreeBuilder, threadTree } from '../../../../src/model/cpu/weigh.ts';
import { drawWeights, parseSegment } from '../../../draw/segment.ts';

const weights = (...segments: readonly string[]): string =>
  drawWeights(threadTree(segments.map(parseSegment)));

describe('weighing samples', () => {
  test('a moment belongs to the nearest sample', () => {
    expect(weights('0 a@0 b@1000 b@2000 2500')).toBe('a 500 (1) b 2000 (2)');
  });

  test('where the sampler was kept waiting, the functions before and after share the gap', () => {
    expect(weights('0 a@0 a@1000 b@17000 b@18000 18000')).toBe('a 9000 (2) b 9000 (2)');
  });

  test('a gap of more than 20 intervals between different functions is nobody’s', () => {
    const drawn = '0 a@0 a@1000 b@41000 b@42000 b@43000 43000';
    expect(weights(drawn)).toBe('a 1500 (2) b 2500 (3) (not sampled) 39000 (0)');
  });

  test('a gap within one function is that function’s: the sampler of a blocked thread sees no other', () => {
    expect(weights('0 a@0 a@1000 a@90000 b@91000 91000')).toBe('a 90500 (3) b 500 (1)');
  });

  test('a slow sampler is not a late one', () => {
    expect(weights('0 a@0 b@100000 a@200000 b@300000 400000')).toBe('a 150000 (2) b 250000 (2)');
  });

  test('a single sample lasts from its time to the end', () => {
    expect(weights('0 a@400 1000')).toBe('a 600 (1)');
  });

  test('samples of one time share nothing among them', () => {
    expect(weights('0 a@0 b@1000 c@1000 2000')).toBe('a 500 (1) b 500 (1) c 1000 (1)');
  });

  test('what overlaps the segment before counts once', () => {
    expect(weights('0 a@0 a@1000 2000', '1500 a@1500 b@2500 3000')).toBe('a 2000 (2) b 1000 (1)');
  });

  test('overlapping segments add up to the whole time from the first sample to the last end', () => {
    const times = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 0, max: 500 }), (first, second, overlap) => {
        const one = first.toSorted((a, b) => a - b);
        const end = (one.at(-1) ?? 0) + overlap;
        const two = [end - overlap, ...second.map(time => end + time)].toSorted((a, b) => a - b);
        const last = (two.at(-1) ?? 0) + 7;
        const draw = (list: readonly number[], to: number): string =>
          `${list[0]} ${list.map((time, index) => `${'ab'[index % 2]}@${time}`).join(' ')} ${to}`;
        const tree = threadTree([parseSegment(draw(one, end)), parseSegment(draw(two, last))]);
        expect(tree.self.reduce((sum, time) => sum + time, 0)).toBeCloseTo(last - (one[0] ?? 0), 6);
      }),
    );
  });
});

test('segments together last from the first sample to the end of the last one', () => {
  const builder = new CallTreeBuilder();
  for (const drawn of ['0 a@100 a@900 1000', '1000 b@1500 3000']) builder.add(parseSegment(drawn));
  expect(builder.span).toEqual({ from: 100, to: 3000 });
});
