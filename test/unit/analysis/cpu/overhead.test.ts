import { describe, expect, test } from 'vitest';
import { overheadSpan, overheadSummary } from '../../../../src/analysis/cpu/overhead.ts';
import type { OverheadRecord } from '../../../../src/contracts/recording.ts';
import { overheadBrief, overheadDetail } from '../../../../src/present/overhead-text.ts';

const MILLISECOND = 1000;

/** In milliseconds of CPU: all of the process, and of it the collector's and the sampler's. */
const told = (all: number, collector: number, sampler: number | null, more: Partial<OverheadRecord> = {}) =>
  ({
    ...{ type: 'overhead', atMicroseconds: 0, swaps: 0, swapMicroseconds: 0, longestSwapMicroseconds: 0 },
    ...{ stallMicroseconds: 0, longestStallMicroseconds: 0 },
    collectorMicroseconds: collector * MILLISECOND,
    samplerMicroseconds: sampler === null ? null : sampler * MILLISECOND,
    processMicroseconds: all * MILLISECOND,
    ...more,
  }) as const satisfies OverheadRecord;

const thread = (threadId: number, ...records: OverheadRecord[]) => ({ threadId, ...overheadSpan(records)! });

describe('what a recording costs', () => {
  test('is a share of what the program burns after the start, which is told apart', () => {
    const summary = overheadSummary([thread(0, told(300, 100, 0), told(900, 110, 40), told(2300, 120, 80))])!;
    expect(summary.running).toEqual({ cpuShare: 0.05, samplerShare: 0.04, hooksShare: 0 });
    expect(summary.startMicroseconds).toBe(100 * MILLISECOND);
    expect(summary.cpuShare).toBeCloseTo(200 / 2300);
    expect(overheadBrief(summary)).toBe('5.0 % of the CPU time');
    expect(overheadDetail(summary)).toBe(
      'sampler 4.0 %, hooks 0 % (estimated), collecting and writing 1.0 %; 100 ms to start',
    );
  });

  test('is a time where the program has burnt too little for a share to mean something', () => {
    const summary = overheadSummary([thread(0, told(300, 100, 0), told(900, 130, 40))])!;
    expect(summary.running).toBeUndefined();
    expect(overheadBrief(summary)).toBe('170 ms of CPU time');
    expect(overheadDetail(summary)).toBe('100 ms to start');
  });

  test('has the stalls of all threads, and the collector of each process once', () => {
    const stalled = (microseconds: number): Partial<OverheadRecord> => ({ stallMicroseconds: microseconds });
    const summary = overheadSummary([
      thread(0, told(0, 0, 0), told(2000, 20, 0, stalled(10_000))),
      thread(3, told(0, 0, 0), told(2000, 20, 0, stalled(30_000))),
    ])!;
    expect(summary.running?.cpuShare).toBeCloseTo(0.03);
  });

  test('is said to be a lower bound where the system does not tell the sampler apart', () => {
    const summary = overheadSummary([thread(0, told(0, 0, null), told(2000, 20, null))])!;
    expect(overheadBrief(summary)).toBe('≥ 1.0 % of the CPU time');
    expect(overheadDetail(summary)).toMatch(/not measured on this system$/);
  });

  test('is unknown as long as no thread has told', () => {
    expect(overheadSpan([])).toBeUndefined();
    expect(overheadSummary([])).toBeUndefined();
  });
});
