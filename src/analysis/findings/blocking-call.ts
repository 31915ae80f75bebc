/**
 * A slow route blocks its thread: reads files, runs a child process or computes a hash by a call that ends in `Sync`.
 * No other operation goes on meanwhile.
 *
 * When the thread stood still is told by samples, so the time is estimated; it is named from 5 % of the kept
 * operations' time on, and 5 ms in each on the average, which is several samples.
 */
import type { OperationRoute, OperationWait } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import type { WaitKind } from '../../contracts/operation-kinds.ts';
import { percent, type FindIn } from './profile-facts.ts';
import { MOST_ROUTES, routeEvidence, severityOf, slowOnes, slowRoutes } from './slow-routes.ts';

const LEAST_SHARE = 0.05;
const LEAST_MILLISECONDS = 5;

export const blockingCall: FindIn = ({ operations }) =>
  slowRoutes(operations)
    .flatMap(route => {
      const wait = route.waits.find(each => isBlocking(each, route));
      return wait ? [describe(route, wait)] : [];
    })
    .slice(0, MOST_ROUTES);

const isBlocking = (
  { isOnThread, milliseconds }: OperationWait,
  { keptCount, keptMilliseconds }: OperationRoute,
): boolean =>
  isOnThread &&
  milliseconds / keptMilliseconds >= LEAST_SHARE &&
  milliseconds / keptCount >= LEAST_MILLISECONDS;

function describe(route: OperationRoute, wait: OperationWait): Finding {
  const { kind, milliseconds, detail = `a blocking ${kind} call`, file, line } = wait;
  const share = milliseconds / route.keptMilliseconds;
  return {
    id: 'blocking-call',
    severity: severityOf(route),
    subject: route.name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    message: `${route.name} blocks its thread with ${detail} for about ${percent(share)} % of the time of ${slowOnes(route)}`,
    advice: ADVICE[kind as WaitKind] ?? 'Use the asynchronous call: others can go on meanwhile.',
    evidence: {
      ...{ waitKind: kind, call: detail, share, estimatedMillisecondsEach: milliseconds / route.keptCount },
      ...routeEvidence(route),
    },
  };
}

const ADVICE: Readonly<Partial<Record<WaitKind, string>>> = {
  fs: 'Use fs/promises, or read the file once at the start: others can go on meanwhile.',
  child: 'Use spawn or execFile with a callback: others can go on meanwhile.',
  crypto: 'Use the asynchronous call, which runs in threads of its own.',
};
