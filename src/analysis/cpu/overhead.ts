import type { OverheadSummary } from '../../contracts/document.ts';
import type { OverheadRecord } from '../../contracts/recording.ts';

/** The newest overhead record of a thread. */
export interface ThreadOverhead {
  readonly threadId: number;
  readonly overhead: OverheadRecord;
}

/**
 * What recording costs the processes. The collector and V8's samplers serve a whole process; its main thread's record
 * has them all. Undefined without a main thread.
 */
export function overheadSummary(threads: readonly ThreadOverhead[]): OverheadSummary | undefined {
  const records = threads.map(({ overhead }) => overhead);
  const processes = threads.filter(({ threadId }) => threadId === 0).map(({ overhead }) => overhead);
  if (processes.length === 0) return undefined;
  const sum = (of: readonly OverheadRecord[], value: (record: OverheadRecord) => number): number =>
    of.reduce((total, record) => total + value(record), 0);
  const sampler = sum(processes, record => record.samplerMicroseconds ?? 0);
  const hooks = sum(records, record => record.hooksMicroseconds ?? 0);
  const stall = sum(records, record => record.stallMicroseconds);
  const collector = sum(processes, record => record.collectorMicroseconds ?? 0);
  const all = sum(processes, record => record.processMicroseconds);
  return {
    cpuShare: (stall + hooks + collector + sampler) / all,
    complete: processes.every(record => record.samplerMicroseconds !== null),
    stallMicroseconds: stall,
    samplerShare: sampler / all,
    hooksShare: hooks / all,
    longestStallMicroseconds: Math.max(...records.map(record => record.longestStallMicroseconds)),
  };
}
