/** What the records of one thread tell of its garbage collections. */
import type { RuntimeRecord } from '../../contracts/recording.ts';
import type { CollectionStatistics } from '../../contracts/views/runtime.ts';
import { collectionLog, FORCED_CAUSE, type CollectionLog } from '../../model/gc/collection-log.ts';
import { collectionStatistics } from './collection-statistics.ts';
import { heapGrowth, type HeapGrowth } from './heap-growth.ts';

export interface ThreadGc {
  readonly log: CollectionLog;
  /** From the thread's first record to its last, without what was not seen. */
  readonly watchedMilliseconds: number;
  readonly statistics: CollectionStatistics;
  readonly growth: HeapGrowth;
  /** 0 … 1 of the time of all pauses: forced by the program (`global.gc`), a debugger, or us. */
  readonly forcedShare: number;
}

/** Undefined for a recording that did not watch the heap. `origin`: CLOCK_MONOTONIC, when the recording began. */
export function threadGc(records: readonly RuntimeRecord[], origin: number): ThreadGc | undefined {
  if (!records.some(({ type }) => type === 'sample' || type === 'collections')) return undefined;
  const log = collectionLog(records, origin);
  const span = spanOf(records, origin);
  const watchedMilliseconds = Math.max(0, span.to - span.from - log.unseenMilliseconds);
  const whole = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const statistics = collectionStatistics(log.columns, whole, log.groups);
  const total = statistics.byKind.reduce((sum, each) => sum + each.totalMilliseconds, 0);
  return {
    log,
    watchedMilliseconds,
    statistics: {
      ...statistics,
      share: watchedMilliseconds > 0 ? Math.min(1, total / watchedMilliseconds) : 0,
    },
    growth: heapGrowth(log.columns, 0, log.columns.at.length, log.groups),
    forcedShare: total > 0 ? forcedMilliseconds(log) / total : 0,
  };
}

function spanOf(records: readonly RuntimeRecord[], origin: number) {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { atMicroseconds } of records) {
    from = Math.min(from, (atMicroseconds - origin) / 1000);
    to = Math.max(to, (atMicroseconds - origin) / 1000);
  }
  return { from, to };
}

function forcedMilliseconds({ columns }: CollectionLog): number {
  const forced = columns.causes.indexOf(FORCED_CAUSE);
  return columns.pauseMilliseconds.reduce(
    (sum, pause, row) => sum + (columns.cause[row] === forced ? pause : 0),
    0,
  );
}
