/**
 * A slow route spends most of its time waiting: for what, and where it asks for it.
 *
 * The share is of the time of the kept operations, which the ledger divides without gaps: a wait has the time in which
 * nothing else kept the operation from going on. What cannot be explained is no finding, nor is the same question asked
 * many times, which has its own (n-plus-one.ts).
 */
import type { MainCause, OperationRoute } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import type { WaitKind } from '../../contracts/operation-kinds.ts';
import { repeatedQuestion } from './n-plus-one.ts';
import { percent, type FindIn } from './profile-facts.ts';
import { MOST_ROUTES, routeEvidence, severityOf, slowOnes, slowRoutes, WAITED_FOR } from './slow-routes.ts';

const LEAST_SHARE = 0.2;

export const slowRouteWaits: FindIn = ({ operations }) =>
  slowRoutes(operations)
    .filter(route => repeatedQuestion(route)?.wait.kind !== route.mainCause?.kind)
    .flatMap(route => (isWaiting(route.mainCause) ? [describe(route, route.mainCause)] : []))
    .slice(0, MOST_ROUTES);

type Waiting = MainCause & { readonly kind: WaitKind };

const isWaiting = (cause: MainCause | undefined): cause is Waiting =>
  cause !== undefined && !cause.isOnThread && cause.kind in WAITED_FOR && cause.share >= LEAST_SHARE;

function describe(route: OperationRoute, cause: Waiting): Finding {
  const { kind, share, milliseconds, file, line, detail } = cause;
  return {
    id: 'slow-route-waits',
    severity: severityOf(route),
    subject: route.name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    message: `${route.name} waits for ${WAITED_FOR[kind]} for ${percent(share)} % of the time of ${slowOnes(route)}`,
    advice: ADVICE[kind],
    evidence: {
      ...{ waitKind: kind, share, millisecondsEach: milliseconds / route.keptCount },
      ...(detail === undefined ? {} : { detail }),
      ...routeEvidence(route),
    },
  };
}

const ADVICE: Readonly<Record<WaitKind, string>> = {
  pool: 'Give connections back sooner (not across other waits), or let the pool have more of them.',
  query: 'Look at the plan of its statement: an index, fewer rows or less often would help.',
  http: 'Ask the other server less often, several things at once, or keep its answers for a while.',
  fs: 'Read less, read at the same time what does not depend on each other, or keep what was read.',
  dns: 'Keep connections open (an agent with keepAlive), so that names are looked up less often.',
  connect: 'Keep connections open (keepAlive, a pool) instead of making one for each request.',
  timer: 'A timer decides how long it takes: shorten it, or wait for what it stands for.',
  lock: 'Hold the lock for less, or split what it protects.',
  stream: 'Its reader or its writer is slower than the program: see who is at the other end.',
  child: 'Start fewer child processes, or keep one running.',
  worker: 'Give the worker less to do at once, or use more of them.',
  crypto: 'Node has four threads for this (UV_THREADPOOL_SIZE): do less of it, or let it have more.',
};
