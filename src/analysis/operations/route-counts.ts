/** All operations by route, as the threads have counted them; and how their durations are spread. */
import type { OperationKind } from '../../contracts/operation-kinds.ts';
import type { RouteCounts } from '../../contracts/operations.ts';

/** Sums over the threads and processes that have the route. */
export interface CountedRoute {
  readonly kind: OperationKind;
  /** Untrusted. */
  readonly name: string;
  readonly count: number;
  readonly slowCount: number;
  readonly errorCount: number;
  readonly thresholdMicroseconds: number;
  readonly maxMicroseconds: number;
  /** Count by bucket; see `HistogramSchema`. */
  readonly durations: ReadonlyMap<number, number>;
  readonly oneIn?: number;
}

export const routeKey = ({ kind, name }: Pick<CountedRoute, 'kind' | 'name'>): string => `${kind} ${name}`;

/** By `routeKey`. */
export function countedRoutes(threads: readonly (readonly RouteCounts[])[]): Map<string, CountedRoute> {
  const routes = new Map<string, CountedRoute>();
  for (const route of threads.flat()) {
    const known = routes.get(routeKey(route));
    routes.set(routeKey(route), known ? sum(known, toCounted(route)) : toCounted(route));
  }
  return routes;
}

const atLeast0 = (value: number): number => (value >= 0 && value < Infinity ? value : 0);

const toCounted = (route: RouteCounts): CountedRoute => ({
  kind: route.kind,
  name: route.name,
  count: atLeast0(route.count),
  slowCount: atLeast0(route.slowCount),
  errorCount: atLeast0(route.errorCount),
  thresholdMicroseconds: atLeast0(route.thresholdMicroseconds),
  maxMicroseconds: atLeast0(route.maxMicroseconds),
  durations: new Map(
    route.durations.filter(([bucket, count]) => Math.abs(bucket) < MOST_BUCKETS && atLeast0(count) > 0),
  ),
  ...(route.oneIn !== undefined && route.oneIn > 1 ? { oneIn: route.oneIn } : {}),
});

function sum(a: CountedRoute, b: CountedRoute): CountedRoute {
  const durations = new Map(a.durations);
  for (const [bucket, count] of b.durations) durations.set(bucket, (durations.get(bucket) ?? 0) + count);
  const oneIn = Math.max(a.oneIn ?? 1, b.oneIn ?? 1);
  return {
    ...a,
    count: a.count + b.count,
    slowCount: a.slowCount + b.slowCount,
    errorCount: a.errorCount + b.errorCount,
    thresholdMicroseconds: Math.max(a.thresholdMicroseconds, b.thresholdMicroseconds),
    maxMicroseconds: Math.max(a.maxMicroseconds, b.maxMicroseconds),
    durations,
    ...(oneIn > 1 ? { oneIn } : {}),
  };
}

/** 2^64 µs are half a million years. */
const MOST_BUCKETS = 512;
const BUCKETS_PER_OCTAVE = 8;

/**
 * By nearest rank; the geometric middle of the bucket, but no more than `most`: at most 4.5 % off. 0 of nothing.
 * `share` is 0 … 1.
 */
export function percentile(durations: ReadonlyMap<number, number>, share: number, most = Infinity): number {
  const buckets = [...durations].sort(([a], [b]) => a - b);
  const rank = Math.ceil(share * buckets.reduce((all, [, count]) => all + count, 0));
  let seen = 0;
  for (const [bucket, count] of buckets) {
    seen += count;
    if (seen >= rank && seen > 0) return Math.min(2 ** ((bucket + 0.5) / BUCKETS_PER_OCTAVE), most);
  }
  return 0;
}

/** The same of durations that are known one by one, ascending. */
export const exactPercentile = (ascending: readonly number[], share: number): number =>
  ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
