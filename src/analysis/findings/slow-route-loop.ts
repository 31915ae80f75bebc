/**
 * A slow route could have gone on, but its thread was at something else: it is slow because of others.
 *
 * For timers the time is exact, for all else an upper bound: so the finding says "up to". The culprit is not this route.
 */
import type { OperationRoute } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import { percent, type FindIn } from './profile-facts.ts';
import { MOST_ROUTES, routeEvidence, severityOf, slowOnes, slowRoutes } from './slow-routes.ts';

const LEAST_SHARE = 0.3;

export const slowRouteLoop: FindIn = ({ operations }) =>
  slowRoutes(operations)
    .filter(({ mainCause }) => mainCause?.kind === 'loop' && mainCause.share >= LEAST_SHARE)
    .slice(0, MOST_ROUTES)
    .map(describe);

function describe(route: OperationRoute): Finding {
  const { share, milliseconds } = route.mainCause!;
  const isEstimated = route.waits.some(wait => wait.kind === 'loop' && wait.isEstimated);
  const said = isEstimated ? `up to ${percent(share)} %` : `${percent(share)} %`;
  return {
    id: 'slow-route-loop',
    severity: severityOf(route),
    subject: route.name,
    message: `${route.name} could have gone on, but its thread was busy, for ${said} of the time of ${slowOnes(route)}`,
    advice: 'Look at what computes or blocks on that thread: the routes with most CPU time, and the stalls.',
    evidence: {
      ...{ share, millisecondsEach: milliseconds / route.keptCount },
      ...routeEvidence(route),
    },
  };
}
