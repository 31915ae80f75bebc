/**
 * A slow route spends most of its time computing on its thread; everybody else waits meanwhile.
 *
 * The share is measured by when the operation held its thread. The line is the one with most samples of its kept
 * operations; it is named from a tenth of their sampled time and ten samples on, else the hottest function's total tells
 * nothing either.
 */
import type { OperationRoute } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import { percent, type FindIn } from './profile-facts.ts';
import { MOST_ROUTES, routeEvidence, severityOf, slowOnes, slowRoutes } from './slow-routes.ts';

const LEAST_SHARE = 0.3;
const LEAST_LINE_SHARE = 0.1;
const LEAST_SAMPLES = 10;

export const slowRouteCpu: FindIn = ({ operations }) =>
  slowRoutes(operations)
    .filter(({ mainCause }) => mainCause?.kind === 'cpu' && mainCause.share >= LEAST_SHARE)
    .slice(0, MOST_ROUTES)
    .map(describe);

function describe(route: OperationRoute): Finding {
  const share = route.mainCause!.share;
  const [hottest] = route.hotLines;
  const isKnown =
    hottest !== undefined &&
    hottest.share >= LEAST_LINE_SHARE &&
    hottest.share * route.samples >= LEAST_SAMPLES;
  return {
    id: 'slow-route-cpu',
    severity: severityOf(route),
    subject: route.name,
    ...(isKnown ? { file: hottest.file, line: hottest.line } : {}),
    message: `${route.name} computes for ${percent(share)} % of the time of ${slowOnes(route)}${
      isKnown ? `, ${percent(hottest.share)} % of that on one line` : ''
    }`,
    advice: isKnown
      ? 'Make that line cheaper or run it less often; or move the work to a worker thread.'
      : 'Its hottest lines are listed below; or move the work to a worker thread.',
    evidence: {
      share,
      millisecondsEach: route.cpuMilliseconds / route.keptCount,
      samples: route.samples,
      ...(isKnown ? { lineShare: hottest.share } : {}),
      ...routeEvidence(route),
    },
  };
}
