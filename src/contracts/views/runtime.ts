/**
 * What the runtime view draws: one document per recording, written by the server as a view file, and the live samples
 * that are added to it. Columns: one entry per row, all of one length. Times are milliseconds since the start of the
 * recording, on one clock for all threads and processes; NaN never occurs (JSON), a missing value is null.
 */

/** Kinds as PerformanceObserver and v8.GCProfiler name them, in our words. */
export const COLLECTION_KINDS = [
  'scavenge',
  'mark-sweep-compact',
  'incremental',
  'weak callbacks',
  'minor',
] as const;
export type CollectionKind = (typeof COLLECTION_KINDS)[number];

export interface RuntimeView {
  readonly version: 1;
  readonly name: string;
  readonly durationMilliseconds: number;
  /** The recording still goes on: live samples follow. */
  readonly isLive: boolean;
  readonly threads: readonly RuntimeThread[];
}

/** One thread: V8's isolates each have a heap and a collector of their own. Process-wide values stand in thread 0. */
export interface RuntimeThread {
  readonly pid: number;
  readonly threadId: number;
  /** Untrusted. */
  readonly name: string;
  readonly nodeVersion: string;
  /** What matters, in one sentence. */
  readonly sentence: string;
  /** Collections that are in the statistics but have no row: too many in a second. */
  readonly notListed: number;
  readonly collections: CollectionColumns;
  readonly samples: SampleColumns;
  readonly statistics: CollectionStatistics;
}

export interface CollectionColumns {
  /** When it began. */
  readonly at: readonly number[];
  readonly pauseMilliseconds: readonly number[];
  /** Index into COLLECTION_KINDS. */
  readonly kind: readonly number[];
  /** Index into `causes`. */
  readonly cause: readonly number[];
  readonly causes: readonly string[];
  readonly beforeBytes: readonly (number | null)[];
  readonly afterBytes: readonly (number | null)[];
  /** V8's heap spaces that are ever in use: used bytes before and after each collection. */
  readonly spaces: readonly {
    readonly name: string;
    readonly beforeBytes: readonly (number | null)[];
    readonly afterBytes: readonly (number | null)[];
  }[];
}

/** About one row a second. */
export interface SampleColumns {
  readonly at: readonly number[];
  readonly heapUsedBytes: readonly number[];
  readonly heapTotalBytes: readonly number[];
  readonly externalBytes: readonly number[];
  /** Null where Node cannot be asked for it. */
  readonly arrayBuffersBytes: readonly (number | null)[];
  /** Of the process; null in worker threads. */
  readonly rssBytes: readonly (number | null)[];
  /** CPU time per wall time since the row before, 1 = one core; of the process, null in worker threads. */
  readonly cpu: readonly (number | null)[];
  /** CPU time of the thread per wall time since the row before, 0 … 1. */
  readonly threadCpu: readonly (number | null)[];
  readonly loopDelayP50Milliseconds: readonly (number | null)[];
  readonly loopDelayP99Milliseconds: readonly (number | null)[];
  readonly loopDelayMaxMilliseconds: readonly (number | null)[];
  /** V8's heap spaces that are ever in use. */
  readonly spaces: readonly { readonly name: string; readonly usedBytes: readonly number[] }[];
}

export interface PauseStatistics {
  readonly count: number;
  readonly totalMilliseconds: number;
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly maxMilliseconds: number;
}

export interface CollectionStatistics {
  /** Scavenges, mark-sweep-compacts and minor collections: what `--trace-gc` lists. */
  readonly all: PauseStatistics;
  readonly byKind: readonly ({ readonly kind: CollectionKind } & PauseStatistics)[];
  /** Pause time of every kind per wall time, 0 … 1. */
  readonly share: number;
  /** Pauses by length: upper bounds in milliseconds (the last one open: null) with counts by kind. */
  readonly histogram: readonly {
    readonly upToMilliseconds: number | null;
    readonly count: number;
    readonly byKind: Readonly<Partial<Record<CollectionKind, number>>>;
  }[];
  /** Bytes per second; null where the collections do not tell. */
  readonly allocationPerSecond: number | null;
  readonly promotionPerSecond: number | null;
}

/**
 * Added while the recording goes on, about once a second: rows to append to the columns of one thread, which may be a
 * new one. Rows are told from those of the view file by their times, which ascend.
 */
export interface RuntimeUpdate {
  /** Of the recording. */
  readonly id: string;
  readonly pid: number;
  readonly threadId: number;
  /** Untrusted. */
  readonly name: string;
  readonly nodeVersion: string;
  readonly collections: CollectionColumns;
  readonly samples: SampleColumns;
  readonly statistics: CollectionStatistics;
  readonly sentence: string;
  readonly notListed: number;
}
