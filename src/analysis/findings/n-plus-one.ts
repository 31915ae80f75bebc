/**
 * The same question asked again and again within one operation: a query per row of an earlier query, for example.
 *
 * From ten times on in one operation, of one statement (its values left out) and, where it is known, from one line; and
 * only where it costs: a twentieth of the operation's time or more. Sentry asks for more than five spans and 50 ms
 * (https://docs.sentry.io/product/issues/issue-details/performance-issues/n-one-queries/); ten leaves out more of those
 * that are meant so.
 */
import type { KeptOperation, OperationRoute, OperationWait } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import type { FindIn } from './profile-facts.ts';
import { MOST_ROUTES, routeEvidence, severityOf, slowRoutes } from './slow-routes.ts';

const FEWEST = 10;
const LEAST_SHARE = 0.05;
const LONGEST_STATEMENT = 80;

export const nPlusOne: FindIn = ({ operations }) =>
  slowRoutes(operations)
    .flatMap(route => {
      const question = repeatedQuestion(route);
      return question ? [describe(route, question)] : [];
    })
    .slice(0, MOST_ROUTES);

interface RepeatedQuestion {
  /** Of the operation in which it is asked most often. */
  readonly wait: OperationWait;
  readonly operation: KeptOperation;
  /** Kept operations that ask it as often as `FEWEST`. */
  readonly operations: number;
}

/** The one that is asked most often; undefined where none is asked too often. */
export function repeatedQuestion({ kept }: OperationRoute): RepeatedQuestion | undefined {
  const asked = kept.flatMap(operation =>
    operation.waits.filter(wait => isRepeated(wait, operation)).map(wait => ({ wait, operation })),
  );
  const [first, ...others] = asked;
  if (!first) return undefined;
  const rank = ({ wait: { count, file, caller } }: typeof first): number =>
    count + (file === undefined ? 0 : 0.5) + (caller ? 0.1 : 0) + (caller?.isLoop ? 0.1 : 0);
  const most = others.reduce((best, each) => (rank(each) > rank(best) ? each : best), first);
  const alike = asked.filter(({ wait }) => wait.detail === most.wait.detail && wait.kind === most.wait.kind);
  return { ...most, operations: new Set(alike.map(({ operation }) => operation.key)).size };
}

const isRepeated = (
  { kind, count, detail, milliseconds }: OperationWait,
  { durationMilliseconds }: KeptOperation,
): boolean =>
  (kind === 'query' || kind === 'http') &&
  detail !== undefined &&
  count >= FEWEST &&
  milliseconds / durationMilliseconds >= LEAST_SHARE;

function describe(route: OperationRoute, { wait, operation, operations }: RepeatedQuestion): Finding {
  const { kind, detail = '', count, milliseconds, file, line, caller } = wait;
  const what = kind === 'query' ? 'the same query' : 'the same server';
  return {
    id: 'n-plus-one',
    severity: severityOf(route),
    subject: route.name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    message: `${route.name} asks ${what} ${count} times in one go${callerWords(caller)}: ${shortened(detail)}`,
    advice:
      'Ask once for all of it (a join, WHERE id = ANY, a batch), or keep the answers for the operation.',
    evidence: {
      ...{
        waitKind: kind,
        timesInOne: count,
        milliseconds,
        share: milliseconds / operation.durationMilliseconds,
      },
      ...{ operationsWithIt: operations, statement: detail },
      ...(caller ? { [caller.isLoop ? 'loop' : 'caller']: `${caller.file}:${caller.line}` } : {}),
      ...routeEvidence(route),
    },
  };
}

/** The name of the file says enough to those who know it; where it lies is in the evidence. */
function callerWords(caller: OperationWait['caller']): string {
  if (!caller) return '';
  const place = `${caller.file.replace(/^.*[\\/]/, '')}:${caller.line}`;
  return caller.isLoop ? `, in the loop at ${place}` : `, called from ${place}`;
}

const shortened = (text: string): string =>
  text.length > LONGEST_STATEMENT ? `${text.slice(0, LONGEST_STATEMENT)}…` : text;
