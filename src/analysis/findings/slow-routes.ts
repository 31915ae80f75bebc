/** What findings about slow operations have in common: which routes are worth one, and how they are called. */
import type { OperationRoute } from '../../contracts/document.ts';
import type { OperationKind, WaitKind } from '../../contracts/operation-kinds.ts';
import type { Severity } from '../../contracts/finding.ts';

/** So many routes get a finding of one kind: those with most slow time. */
export const MOST_ROUTES = 5;

/** One slow operation may be chance; three of them, or a part of all, are not. */
const FEWEST_SLOW = 3;
const LEAST_SLOW_SHARE = 0.01;

/** Routes with kept operations, the one with most slow time first; stalls have a finding of their own. */
export const slowRoutes = (routes: readonly OperationRoute[] | undefined): readonly OperationRoute[] =>
  (routes ?? []).filter(({ kind, keptCount }) => kind !== 'stall' && keptCount > 0);

export const severityOf = ({ slowCount, count }: OperationRoute): Severity =>
  slowCount >= FEWEST_SLOW && slowCount / count >= LEAST_SLOW_SHARE ? 'warning' : 'info';

/** `the 12 slow requests`, `the slow job`: what the evidence is of. */
export function slowOnes({ kind, keptCount }: OperationRoute): string {
  const word = NOUNS[kind];
  return keptCount === 1 ? `the slow ${word}` : `the ${keptCount} slow ${word}s`;
}

const NOUNS: Readonly<Record<OperationKind, string>> = {
  http: 'request',
  http2: 'request',
  job: 'job',
  call: 'call',
  stall: 'stall',
};

/** Behind "waits for". */
export const WAITED_FOR: Readonly<Record<WaitKind, string>> = {
  pool: 'a free connection of a pool',
  query: 'the database',
  http: 'other servers',
  fs: 'files',
  dns: 'DNS',
  connect: 'connections to be made',
  timer: 'timers',
  lock: 'locks',
  stream: 'streams',
  child: 'child processes',
  worker: 'worker threads',
  crypto: 'crypto or compression',
};

/** Numbers that every such finding has. */
export const routeEvidence = ({
  count,
  slowCount,
  keptCount,
  p50Milliseconds,
  p95Milliseconds,
}: OperationRoute) => ({
  ...{ count, slowCount, keptCount },
  slowShare: slowCount / count,
  ...{ p50Milliseconds, p95Milliseconds },
});
