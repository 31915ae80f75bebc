/** How long collections pause a thread, how often, and how fast it allocates: of a whole recording or of a range. */
import {
  COLLECTION_KINDS,
  type CollectionColumns,
  type CollectionKind,
  type CollectionStatistics,
  type PauseStatistics,
} from '../../contracts/views/runtime.ts';
import { allocatedBytes, promotedBytes } from './allocation.ts';

/** Milliseconds since the start of the recording. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Upper bounds of the histogram, steps of 1-2-5: pauses lie between 0.1 ms and seconds. */
const BOUNDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, null] as const;

/** Of the collections that begin in the span; a pause that reaches beyond its end counts towards `share` up to there. */
export function collectionStatistics(columns: CollectionColumns, span: Span): CollectionStatistics {
  const first = firstAtOrAfter(columns.at, span.from);
  const end = firstAtOrAfter(columns.at, span.to);
  const pauses = columns.pauseMilliseconds.slice(first, end);
  const kinds = columns.kind.slice(first, end);
  const seconds = (span.to - span.from) / 1000;
  return {
    all: pauseStatistics(pauses),
    byKind: COLLECTION_KINDS.flatMap((kind, index) => {
      const own = pauses.filter((_, row) => kinds[row] === index);
      return own.length === 0 ? [] : [{ kind, ...pauseStatistics(own) }];
    }),
    share: pausedShare(columns, span, first, end),
    histogram: histogram(pauses, kinds),
    allocationPerSecond: perSecond(allocatedBytes(columns, first, end), seconds),
    promotionPerSecond: perSecond(promotedBytes(columns, first, end), seconds),
  };
}

/** Percentiles by nearest rank; zeros of no pauses. */
export function pauseStatistics(pauses: readonly number[]): PauseStatistics {
  const sorted = Float64Array.from(pauses).sort();
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {
    count: sorted.length,
    totalMilliseconds: sorted.reduce((sum, pause) => sum + pause, 0),
    p50Milliseconds: rank(0.5),
    p95Milliseconds: rank(0.95),
    p99Milliseconds: rank(0.99),
    maxMilliseconds: sorted.at(-1) ?? 0,
  };
}

/** Index of the first time that is not before `time`; `times` ascend. */
export function firstAtOrAfter(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pausedShare({ at, pauseMilliseconds }: CollectionColumns, span: Span, first: number, end: number) {
  let paused = 0;
  for (let row = first; row < end; row++)
    paused += Math.min(pauseMilliseconds[row] ?? 0, span.to - (at[row] ?? 0));
  return span.to > span.from ? Math.min(1, paused / (span.to - span.from)) : 0;
}

function histogram(pauses: readonly number[], kinds: readonly number[]): CollectionStatistics['histogram'] {
  const buckets = BOUNDS.map(upToMilliseconds => {
    const byKind: Partial<Record<CollectionKind, number>> = {};
    return { upToMilliseconds, count: 0, byKind };
  });
  for (const [row, pause] of pauses.entries()) {
    const bucket = buckets.find(({ upToMilliseconds }) => pause <= (upToMilliseconds ?? Infinity));
    const kind = COLLECTION_KINDS[kinds[row] ?? 0];
    if (!bucket || !kind) continue;
    bucket.count++;
    bucket.byKind[kind] = (bucket.byKind[kind] ?? 0) + 1;
  }
  return buckets;
}

const perSecond = (size: number | null, seconds: number): number | null =>
  size === null || seconds <= 0 ? null : size / seconds;
