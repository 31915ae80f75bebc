/** Routes of a recording that goes on, with causes of the slowest that were kept so far. */
import type { AnalysedOperation } from '../../analysis/operations/analysed-operations.ts';
import { operationLedger, operationTimes, type LedgerEvidence } from '../../analysis/operations/ledger.ts';
import type { CountedRoute } from '../../analysis/operations/route-counts.ts';
import type { OperationRoute } from '../../contracts/document.ts';
import type { OperationRecord } from '../../contracts/operations.ts';
import { operationRoutes } from './operations-document.ts';

interface LiveRoute {
  readonly counts: CountedRoute;
  readonly kept: readonly { readonly key: string; readonly record: OperationRecord }[];
}

/** Each has its ledger made anew every second. */
const MOST_KEPT = 20;

/** Lines of the sources, and what was sampled, are told when it is over. */
export const liveRoutes = (routes: readonly LiveRoute[]): OperationRoute[] =>
  operationRoutes(
    { threads: [], zero: 0, within: { from: 0, to: Infinity } },
    routes.map(({ counts, kept }) => ({
      counts,
      kept: kept
        .toSorted((a, b) => b.record.durationMicroseconds - a.record.durationMicroseconds)
        .slice(0, MOST_KEPT)
        .map(analysed),
    })),
  );

function analysed({ key, record }: LiveRoute['kept'][number]): AnalysedOperation {
  const evidence: LedgerEvidence = { place: () => undefined };
  return {
    ...{ key, record, sampledMicroseconds: 0, samples: 0, hotLines: [] },
    ledger: () => operationLedger(record, evidence),
    times: operationTimes(record, evidence),
  };
}
