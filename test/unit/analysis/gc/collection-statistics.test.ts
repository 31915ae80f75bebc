import { describe, expect, test } from 'vitest';
import { collectionStatistics } from '../../../../src/analysis/gc/collection-statistics.ts';
import { gcSummary } from '../../../../src/format/gc-summary.ts';
import { drawCollections } from '../../../draw/collections.ts';

const DRAWN = drawCollections(`
     at  kind                pause   new      old
    100  scavenge              2     16→1     40→43
    300  scavenge              4     16→2     43→44
    500  mark-sweep-compact   30     8→2      44→20
    900  scavenge              1     16→1     20→20
`);

describe('statistics of collections', () => {
  const whole = collectionStatistics(DRAWN, { from: 0, to: 1000 });

  test('count and add up the pauses, each kind for itself', () => {
    expect(whole.all).toMatchObject({
      count: 4,
      totalMilliseconds: 37,
      p50Milliseconds: 2,
      maxMilliseconds: 30,
    });
    expect(whole.byKind.map(({ kind, count, p95Milliseconds }) => [kind, count, p95Milliseconds])).toEqual([
      ['scavenge', 3, 4],
      ['mark-sweep-compact', 1, 30],
    ]);
    expect(whole.share).toBeCloseTo(0.037);
  });

  test('tell allocation from the growth between collections, promotion from what scavenges moved', () => {
    // (16+43)-(1+43) + (8+44)-(2+44) + (16+20)-(2+20), in megabytes, in 800 ms
    expect(whole.allocationPerSecond).toBe(35e6 / 0.8);
    // Of the first scavenge nobody knows since when it was promoted.
    expect(whole.promotionPerSecond).toBe(1e6 / 0.8);
  });

  test('know no allocation where the sizes are unknown', () => {
    const { allocationPerSecond, promotionPerSecond } = collectionStatistics(
      drawCollections('at kind pause\n 1 scavenge 2\n 5 scavenge 2'),
      { from: 0, to: 10 },
    );
    expect([allocationPerSecond, promotionPerSecond]).toEqual([null, null]);
  });

  test('of a range are those of the collections that begin in it, paused up to its end', () => {
    const { all, share } = collectionStatistics(DRAWN, { from: 300, to: 510 });
    expect(all).toMatchObject({ count: 2, totalMilliseconds: 34 });
    expect(share).toBeCloseTo((4 + 10) / 210);
  });

  test('put each pause into one bucket of the histogram', () => {
    expect(
      whole.histogram
        .filter(({ count }) => count > 0)
        .map(({ upToMilliseconds, byKind }) => [upToMilliseconds, byKind]),
    ).toEqual([
      [1, { scavenge: 1 }],
      [2, { scavenge: 1 }],
      [5, { scavenge: 1 }],
      [50, { 'mark-sweep-compact': 1 }],
    ]);
  });

  test('of nothing are zeros', () => {
    const nothing = collectionStatistics(drawCollections('at kind pause'), { from: 0, to: 0 });
    expect(nothing).toMatchObject({ share: 0, byKind: [], allocationPerSecond: null });
    expect(nothing.all.maxMilliseconds).toBe(0);
    expect(gcSummary(nothing)).toBe('no collection');
  });

  test('are said in a row', () => {
    expect(gcSummary(whole)).toBe('GC 3.7 % · p95 30.0 ms');
  });
});
