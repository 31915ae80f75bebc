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
  const cost =
    sum(records, record => record.stallMicroseconds) +
    sum(processes, record => (record.collectorMicroseconds ?? 0) + (record.samplerMicroseconds ?? 0));
  return {
    cpuShare: cost / sum(processes, record => record.processMicroseconds),
    complete: processes.every(record => record.samplerMicroseconds !== null),
    stallMicroseconds: sum(records, record => record.stallMicroseconds),
    longestStallMicroseconds: Math.max(...records.map(record => record.longestStallMicroseconds)),
  };
}
