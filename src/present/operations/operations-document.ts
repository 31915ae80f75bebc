/** `operations[]` of the document: routes with their counts, and the slow operations with what their time went to. */
import { hotFunctions } from '../../analysis/cpu/hot-functions.ts';
import { hotLines } from '../../analysis/cpu/hot-lines.ts';
import { placeFunctions } from '../../analysis/cpu/placed-profile.ts';
import { functionTotals } from '../../analysis/cpu/totals.ts';
import {
  analysedRoutes,
  type AnalysedOperation,
  type AnalysedRoute,
} from '../../analysis/operations/analysed-operations.ts';
import { exactPercentile, percentile } from '../../analysis/operations/route-counts.ts';
import { mainCauseOf, summedTimes } from '../../analysis/operations/wait-sums.ts';
import {
  MOST_KEPT,
  type HotFunction,
  type HotLine,
  type KeptOperation,
  type OperationRoute,
} from '../../contracts/document.ts';
import type { TimeSpan } from '../../model/cpu/time-span.ts';
import { selectedTrees } from '../../model/operations/selected-trees.ts';
import type { ThreadOperations } from '../../model/operations/thread-operations.ts';

export interface OperationsInput {
  readonly threads: readonly ThreadOperations[];
  /** The recording's start, on the clock of the records. */
  readonly zero: number;
  /** Only operations that overlap it, on the same clock. */
  readonly within?: TimeSpan;
}

/** What a route has at most; and how many routes have their own hot functions. */
const MOST = { waits: 100, lines: 20, functions: 20, profiled: 50 } as const;

/** The routes with most slow time first, then the busiest. */
export function routesBySlowTime({ threads, within }: OperationsInput): AnalysedRoute[] {
  return analysedRoutes(threads, within).sort(
    (a, b) => slowTime(b) - slowTime(a) || b.counts.count - a.counts.count,
  );
}

export function operationRoutes(
  { threads, zero, within }: OperationsInput,
  routes: readonly AnalysedRoute[],
): OperationRoute[] {
  return routes.map((route, rank) => {
    const isProfiled = rank < MOST.profiled && route.kept.length > 0 && !within;
    return routeOf(route, isProfiled ? hotOf(threads, route) : linesOnly(route), zero);
  });
}

/** Not all slow ones need be kept. */
function slowTime({ counts, kept }: AnalysedRoute): number {
  const time = kept.reduce((sum, { record }) => sum + record.durationMicroseconds, 0);
  return kept.length === 0 ? 0 : (counts.slowCount * time) / kept.length;
}

function routeOf(route: AnalysedRoute, hot: Hot, zero: number): OperationRoute {
  const { counts, kept } = route;
  const { waits, cpuMilliseconds } = summedTimes(kept.map(({ times }) => times));
  const durationMilliseconds = kept.reduce((sum, { record }) => sum + record.durationMicroseconds / 1000, 0);
  const mainCause = mainCauseOf({ cpuMilliseconds, durationMilliseconds, waits, hotLines: hot.hotLines });
  return {
    ...{ kind: counts.kind, name: counts.name, count: counts.count, slowCount: counts.slowCount },
    errorCount: counts.errorCount,
    thresholdMilliseconds: counts.thresholdMicroseconds / 1000,
    ...percentilesOf(route),
    maxMilliseconds: counts.maxMicroseconds / 1000,
    ...(counts.oneIn === undefined ? {} : { oneIn: counts.oneIn }),
    keptCount: kept.length,
    keptMilliseconds: durationMilliseconds,
    waits: waits.slice(0, MOST.waits),
    ...(mainCause ? { mainCause } : {}),
    cpuMilliseconds,
    samples: kept.reduce((sum, { samples }) => sum + samples, 0),
    ...hot,
    kept: kept.slice(0, MOST_KEPT).map(operation => keptOf(operation, zero)),
  };
}

type Percentiles = Pick<OperationRoute, 'p50Milliseconds' | 'p95Milliseconds' | 'p99Milliseconds'>;

/** Of all that were counted; where nobody has counted, of the kept ones. */
function percentilesOf({ counts, kept }: AnalysedRoute): Percentiles {
  const { durations, maxMicroseconds } = counts;
  const ascending = kept.map(({ record }) => record.durationMicroseconds).reverse();
  const at = (share: number): number =>
    (durations.size > 0 ? percentile(durations, share, maxMicroseconds) : exactPercentile(ascending, share)) /
    1000;
  return { p50Milliseconds: at(0.5), p95Milliseconds: at(0.95), p99Milliseconds: at(0.99) };
}

interface Hot {
  readonly hotLines: readonly HotLine[];
  readonly hotFunctions: readonly HotFunction[];
}

function hotOf(threads: readonly ThreadOperations[], { counts }: AnalysedRoute): Hot {
  const { kind, name } = counts;
  const trees = selectedTrees(threads, { kind: 'route', of: kind, name }).map(({ of, tree }) => ({
    tree,
    place: of.sampled!.place,
    ...(of.sampled!.agent === undefined ? {} : { agent: of.sampled!.agent }),
  }));
  const profile = placeFunctions(trees);
  const totals = functionTotals(profile);
  return {
    hotLines: hotLines(profile, totals, MOST.lines),
    hotFunctions: hotFunctions(profile, totals, MOST.functions),
  };
}

/** Sums of the few lines that each operation tells. */
function linesOnly({ kept }: AnalysedRoute): Hot {
  const lines = new Map<string, HotLine>();
  const all = kept.reduce((sum, { sampledMicroseconds }) => sum + sampledMicroseconds, 0);
  for (const { file, line, selfMicroseconds } of kept.flatMap(operation => operation.hotLines)) {
    const time = (lines.get(`${file}:${line}`)?.selfMicroseconds ?? 0) + selfMicroseconds;
    lines.set(`${file}:${line}`, { file, line, selfMicroseconds: time, share: time / all });
  }
  const hottest = [...lines.values()].sort((a, b) => b.selfMicroseconds - a.selfMicroseconds);
  return { hotLines: hottest.slice(0, MOST.lines), hotFunctions: [] };
}

/** Times since `zero`. */
export function keptOf(operation: AnalysedOperation, zero: number): KeptOperation {
  const { key, record, times, sampledMicroseconds, samples, hotLines: lines } = operation;
  const { durationMicroseconds, detail, status, end } = record;
  const { waits, cpuMilliseconds } = times;
  const durationMilliseconds = durationMicroseconds / 1000;
  const mainCause = mainCauseOf({ cpuMilliseconds, durationMilliseconds, waits, hotLines: lines });
  return {
    key,
    startMicroseconds: record.startMicroseconds - zero,
    durationMilliseconds,
    cpuMilliseconds,
    ...(detail === undefined ? {} : { detail }),
    ...(status === undefined ? {} : { status }),
    end,
    ...operation.place,
    ...(operation.blocker ? { blocker: operation.blocker } : {}),
    waits: waits.slice(0, MOST.waits),
    ...(mainCause ? { mainCause } : {}),
    ...{ sampledMicroseconds, samples, hotLines: lines },
  };
}
