import { describe, expect, test } from 'vitest';
import { KeepBudget, SLOWEST } from '../../../../src/agent/operations/keep-budget.ts';
import { OperationsKeeper } from '../../../../src/agent/collector/operations-keeper.ts';
import type { KeptOperation } from '../../../../src/agent/collector/contract.ts';
import type { CandidateRecord, OperationRecord, Place } from '../../../../src/contracts/operations.ts';
import { mulberry32 } from '../../../bench/document.ts';

const MINUTE = 60_000_000;

describe('slow operations of a route', () => {
  test('stay for good, the first twenty of a minute', () => {
    const budget = new KeepBudget(() => 0.5);
    const places = Array.from({ length: 21 }, (_, index) => budget.placeOf('a', index, 100));
    expect(places.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'first'));
    expect(places[20]).toEqual({ route: 'a', minute: 0, index: 0 });
    expect(budget.placeOf('b', 0, 100)).toBe('first');
    expect(budget.placeOf('a', MINUTE, 100)).toBe('first');
  });

  test('are kept as the slowest one of their minute, whatever comes after', () => {
    const budget = new KeepBudget(() => 0, 0);
    const places = [10, 5, 20, 20].map(duration => budget.placeOf('a', 0, duration) as Place);
    expect(places.map(({ index }) => index)).toEqual([SLOWEST, 1, SLOWEST, 3]);
  });

  test('are kept as a fair sample beyond', () => {
    const random = mulberry32(1);
    const times = new Map<number, number>();
    for (let run = 0; run < 2000; run++) {
      const budget = new KeepBudget(random, 0);
      const kept = new Map<number, number>();
      for (let index = 0; index < 40; index++) {
        const place = budget.placeOf('a', index, index === 0 ? 1000 : 1) as Place | undefined;
        if (place && place.index !== SLOWEST) kept.set(place.index, index);
      }
      for (const index of kept.values()) times.set(index, (times.get(index) ?? 0) + 1);
    }
    // 10 of 39 or 40 are kept: each of them about 500 times in 2000.
    for (let index = 1; index < 40; index++) expect(times.get(index)).toBeGreaterThan(400);
    for (let index = 1; index < 40; index++) expect(times.get(index)).toBeLessThan(620);
  });
});

const record = (id: number): OperationRecord => ({ id }) as OperationRecord;
const place = (minute: number, index: number): Place => ({ route: 'http GET /', minute, index });

function keeper(): {
  take: (...kept: KeptOperation[]) => void;
  end: () => void;
  written: number[];
  files: unknown[];
  /** Of the candidates on disk, by line. */
  candidates: () => number[];
} {
  const written: number[] = [];
  const files: unknown[] = [];
  let candidates: readonly CandidateRecord[] = [];
  const target = new OperationsKeeper({
    operations: records => void written.push(...records.map(({ id }) => id)),
    addCandidates: records => void (candidates = [...candidates, ...records]),
    setCandidates: records => void (candidates = records),
    routes: file => void files.push(file),
  });
  const news = { atMicroseconds: 5, routes: [], problems: [], hooksMicroseconds: 0 };
  return {
    ...{ written, files, candidates: () => candidates.map(each => each.record.id) },
    take: (...kept) => target.take({ ...news, kept }),
    end: () => target.end(),
  };
}

describe('what is kept', () => {
  test('is written at once where it stays, else when its minute is over', () => {
    const { take, end, written, files } = keeper();
    take(
      { record: record(1) },
      { record: record(2), place: place(0, 0) },
      { record: record(3), place: place(0, 1) },
    );
    expect(written).toEqual([1]);
    take({ record: record(4), place: place(0, 0) });
    take({ record: record(5), place: place(1, 0) });
    expect(written).toEqual([1, 4, 3]);
    end();
    expect(written).toEqual([1, 4, 3, 5]);
    expect(files).toMatchObject([{ routes: [], problems: [] }]);
  });

  test('stands on disk before its minute is over, and what was replaced goes when there is much of it', () => {
    const { take, end, candidates, written } = keeper();
    take({ record: record(1), place: place(0, 0) }, { record: record(2), place: place(0, 1) });
    take({ record: record(3), place: place(0, 0) });
    expect(candidates()).toEqual([1, 2, 3]);
    for (let id = 4; id < 1000; id++) {
      take({ record: record(id), place: place(0, 1) });
      expect(candidates().length).toBeLessThan(110);
      expect(candidates().at(-1)).toBe(id);
      expect(candidates()).toContain(3);
    }
    end();
    expect(written).toEqual([3, 999]);
    expect(candidates()).toEqual([]);
  });
});
