import type { OverheadShares, OverheadSummary } from '../../contracts/document.ts';
import type { OverheadRecord, RuntimeRecord } from '../../contracts/recording.ts';
import { type Microseconds, microseconds } from '../../contracts/units.ts';

/** What a thread has told of its cost. */
export interface OverheadSpan {
  /** The first record: what the start has cost. */
  readonly started: OverheadRecord;
  readonly newest: OverheadRecord;
}

export interface ThreadOverhead extends OverheadSpan {
  readonly threadId: number;
}

/**
 * Below so much CPU time a share says nothing: V8's sampler threads are measured in ticks of 10 ms, and a program that
 * does next to nothing costs next to nothing.
 */
const LEAST_MICROSECONDS = 1_000_000;

type Amounts = Readonly<Record<'stall' | 'hooks' | 'collector' | 'sampler' | 'all', number>>;

/** Undefined where the thread has not told. */
export function overheadSpan(records: readonly RuntimeRecord[]): OverheadSpan | undefined {
  const told = records.filter((record): record is OverheadRecord => record.type === 'overhead');
  const [started, newest] = [told[0], told.at(-1)];
  return started && newest && { started, newest };
}

/**
 * What recording costs the processes. The collector and V8's samplers serve a whole process; its main thread's records
 * have them all. Undefined without a main thread.
 */
export function overheadSummary(threads: readonly ThreadOverhead[]): OverheadSummary | undefined {
  const processes = threads.filter(({ threadId }) => threadId === 0);
  if (processes.length === 0) return undefined;
  const whole = amounts(threads, ({ newest }, value) => value(newest));
  const start = amounts(threads, ({ started }, value) => value(started));
  const running = amounts(threads, ({ started, newest }, value) => value(newest) - value(started));
  return {
    ...shares(whole),
    complete: processes.every(({ newest }) => newest.samplerMicroseconds !== null),
    startMicroseconds: own(start),
    totalMicroseconds: own(whole),
    ...(running.all >= LEAST_MICROSECONDS ? { running: shares(running) } : {}),
    stallMicroseconds: whole.stall,
    longestStallMicroseconds: Math.max(...threads.map(({ newest }) => newest.longestStallMicroseconds)),
  };
}

type Reading = (thread: ThreadOverhead, value: (record: OverheadRecord) => number) => number;

function amounts(threads: readonly ThreadOverhead[], reading: Reading): Amounts {
  const sum = (of: readonly ThreadOverhead[], value: (record: OverheadRecord) => number): number =>
    of.reduce((total, thread) => total + reading(thread, value), 0);
  const processes = threads.filter(({ threadId }) => threadId === 0);
  return {
    stall: sum(threads, record => record.stallMicroseconds),
    hooks: sum(threads, record => record.hooksMicroseconds ?? 0),
    collector: sum(processes, record => record.collectorMicroseconds ?? 0),
    sampler: sum(processes, record => record.samplerMicroseconds ?? 0),
    all: sum(processes, record => record.processMicroseconds),
  };
}

const own = ({ stall, hooks, collector, sampler }: Amounts): Microseconds =>
  microseconds(stall + hooks + collector + sampler);

const shares = (of: Amounts): OverheadShares => ({
  cpuShare: own(of) / of.all,
  samplerShare: of.sampler / of.all,
  hooksShare: of.hooks / of.all,
});
