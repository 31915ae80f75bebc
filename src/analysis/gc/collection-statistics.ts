/** How long collections pause a thread, how often, and how fast it allocates: of a whole recording or of a range. */
import {
  COLLECTION_KINDS,
  type CollectionColumns,
  type CollectionKind,
  type CollectionStatistics,
  type PauseStatistics,
} from '../../contracts/views/runtime.ts';
import { isCollection, type PauseGroup } from '../../model/gc/collection-log.ts';
import { heapGrowth, perSecond } from './heap-growth.ts';

/** Milliseconds since the start of the recording. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** So many pauses of one length. */
export interface Pauses {
  readonly milliseconds: number;
  readonly count: number;
  readonly kind: CollectionKind;
}

/** Upper bounds of the histogram, steps of 1-2-5: pauses lie between 0.1 ms and seconds. */
const BOUNDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, null] as const;

/**
 * Of the collections that begin in the span; a pause that reaches beyond its end counts towards `share` up to there.
 * `groups` are those that have no rows.
 */
export function collectionStatistics(
  columns: CollectionColumns,
  span: Span,
  groups: readonly PauseGroup[] = [],
): CollectionStatistics {
  const first = firstAtOrAfter(columns.at, span.from);
  const end = firstAtOrAfter(columns.at, span.to);
  const inside = groups.filter(({ at }) => at >= span.from && at < span.to);
  const pauses = pausesOf(columns, first, end, inside);
  const growth = heapGrowth(columns, first, end, inside);
  return {
    all: pauseStatistics(pauses.filter(({ kind }) => isCollection(kind))),
    byKind: COLLECTION_KINDS.map(kind => ({
      kind,
      ...pauseStatistics(pauses.filter(pause => pause.kind === kind)),
    })).filter(({ count }) => count > 0),
    share: pausedShare(columns, span, first, end, inside),
    histogram: histogram(pauses),
    allocationPerSecond: perSecond(growth.allocatedBytes, growth),
    promotionPerSecond: perSecond(growth.promotedBytes, growth),
  };
}

/** All pauses that begin in these rows, with those that have none. */
export function pausesOf(
  { pauseMilliseconds, kind }: CollectionColumns,
  first: number,
  end: number,
  groups: readonly PauseGroup[],
): Pauses[] {
  const rows = pauseMilliseconds.slice(first, end).map((milliseconds, row) => ({
    milliseconds,
    count: 1,
    kind: COLLECTION_KINDS[kind[first + row]!]!,
  }));
  const grouped = groups.flatMap(group =>
    // What the steps of the lengths have lost is made up for: the total is exact.
    group.lengths.map(([length, count]) => ({
      milliseconds: length * correction(group),
      count,
      kind: group.kind,
    })),
  );
  return [...rows, ...grouped];
}

function correction({ lengths, totalMilliseconds }: PauseGroup): number {
  const estimated = lengths.reduce((sum, [length, count]) => sum + length * count, 0);
  return estimated > 0 ? totalMilliseconds / estimated : 1;
}

/** Percentiles by nearest rank; zeros of no pauses. */
export function pauseStatistics(pauses: readonly Pauses[]): PauseStatistics {
  const sorted = pauses.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const count = sorted.reduce((sum, each) => sum + each.count, 0);
  const rank = (share: number): number => {
    let left = Math.max(1, Math.ceil(share * count));
    return sorted.find(each => (left -= each.count) <= 0)?.milliseconds ?? 0;
  };
  return {
    count,
    totalMilliseconds: sorted.reduce((sum, each) => sum + each.milliseconds * each.count, 0),
    p50Milliseconds: rank(0.5),
    p95Milliseconds: rank(0.95),
    p99Milliseconds: rank(0.99),
    maxMilliseconds: sorted.at(-1)?.milliseconds ?? 0,
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

function pausedShare(
  { at, pauseMilliseconds }: CollectionColumns,
  span: Span,
  first: number,
  end: number,
  groups: readonly PauseGroup[],
): number {
  let paused = groups.reduce((sum, { totalMilliseconds }) => sum + totalMilliseconds, 0);
  for (let row = first; row < end; row++)
    paused += Math.min(pauseMilliseconds[row] ?? 0, span.to - (at[row] ?? 0));
  return span.to > span.from ? Math.min(1, paused / (span.to - span.from)) : 0;
}

function histogram(pauses: readonly Pauses[]): CollectionStatistics['histogram'] {
  const buckets = BOUNDS.map(upToMilliseconds => {
    const byKind: Partial<Record<CollectionKind, number>> = {};
    return { upToMilliseconds, count: 0, byKind };
  });
  for (const { milliseconds, count, kind } of pauses) {
    const bucket = buckets.find(({ upToMilliseconds }) => milliseconds <= (upToMilliseconds ?? Infinity));
    if (!bucket) continue;
    bucket.count += count;
    bucket.byKind[kind] = (bucket.byKind[kind] ?? 0) + count;
  }
  return buckets;
}
