import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Collection } from '../../../../src/agent/runtime/collection-log.ts';
import { collectionRecords } from '../../../../src/agent/runtime/collections-record.ts';
import { GC_TYPE } from '../../../../src/contracts/garbage-collection.ts';
import { CollectionsRecordSchema } from '../../../../src/contracts/runtime-records.ts';
import { collectionLog } from '../../../../src/model/gc/collection-log.ts';
import { collectionStatistics } from '../../../../src/analysis/gc/collection-statistics.ts';

const HEAP = {
  before: { used: 9e6, spaces: { new_space: 1e6, old_space: 8e6, shared_space: 0 } },
  after: { used: 8e6, spaces: { new_space: 0, old_space: 8e6, shared_space: 0 } },
};

function collections(count: number, withHeap = true): Collection[] {
  return Array.from({ length: count }, (_, index) => ({
    start: 1_000_000 + index * 1000,
    pause: 100 + index,
    kind: index % 10 === 9 ? GC_TYPE.markSweepCompact : GC_TYPE.scavenge,
    flags: 0,
    ...(withHeap ? { heap: HEAP } : {}),
  }));
}

describe('the collections of a second', () => {
  test('none are no record', () => {
    expect(collectionRecords([])).toEqual([]);
  });

  test('have the spaces that hold something', () => {
    const [record] = collectionRecords(collections(2));
    expect(record?.heap?.spaces.map(({ name }) => name)).toEqual(['new_space', 'old_space']);
    expect(record?.offsetMicroseconds).toEqual([0, 1000]);
  });

  test.each([1, 50, 51, 200, 201, 5000])(
    '%i of them fit into 30 KB and lose neither count nor pause',
    count => {
      const given = collections(count);
      const records = collectionRecords(given);
      for (const record of records) expect(v.safeParse(CollectionsRecordSchema, record).success).toBe(true);
      expect(JSON.stringify(records).length).toBeLessThan(30_000);
      const { columns, groups } = collectionLog(records, 0);
      const { all } = collectionStatistics(columns, { from: 0, to: Number.POSITIVE_INFINITY }, groups);
      const pauses = given.map(({ pause }) => pause / 1000).sort((a, b) => a - b);
      expect(all.count).toBe(count);
      expect(all.totalMilliseconds).toBeCloseTo(
        pauses.reduce((sum, pause) => sum + pause, 0),
        3,
      );
      expect(all.p95Milliseconds / pauses[Math.ceil(0.95 * count) - 1]!).toBeCloseTo(1, 0);
    },
  );

  test('say that their times are estimates', () => {
    expect(collectionRecords(collections(1), true)[0]?.areTimesEstimated).toBe(true);
    expect(collectionRecords(collections(1))[0]?.areTimesEstimated).toBeUndefined();
  });
});
