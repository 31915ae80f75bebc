import type { MainCause, OperationRoute, ProfileDocument } from '../../contracts/document.ts';
import type { LedgerKind } from '../../contracts/operation-kinds.ts';
import { milliseconds } from '../../contracts/units.ts';
import { formatCount, formatMilliseconds, formatShare } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Places } from '../places.ts';
import type { Section } from '../section.ts';

const MOST_ROUTES = 12;

/** Slow routes with what most of their slow operations' time went to; absent where none were followed. */
export function operationsSection(document: ProfileDocument, places: Places): Section | undefined {
  // Stalls are no work that somebody asked for: they are among what was found.
  const operations = document.operations.filter(({ kind }) => kind !== 'stall');
  if (operations.length === 0) return undefined;
  const slow = operations.filter(({ slowCount }) => slowCount > 0).slice(0, MOST_ROUTES);
  if (slow.length === 0) return { title: 'Slow operations', sentences: [{ text: noneText(operations) }] };
  const column = (value: (route: OperationRoute) => string): string[] => slow.map(value);
  return {
    title: `Slow operations (${thresholdText(slow)})`,
    columns: [
      { head: '', cells: column(({ name }) => plainText(name, 48)), align: 'left' },
      { head: 'p50', cells: column(route => time(route.p50Milliseconds)), align: 'right' },
      { head: 'p95', cells: column(route => time(route.p95Milliseconds)), align: 'right' },
      { head: 'n', cells: column(({ count }) => formatCount(count)), align: 'right' },
      {
        head: 'slow',
        cells: column(({ count, slowCount }) => formatShare(slowCount / count)),
        align: 'right',
      },
      { head: 'mostly', cells: column(({ mainCause }) => causeText(mainCause)), align: 'left' },
      { head: '', cells: column(({ mainCause }) => placeText(mainCause, places)), align: 'left' },
    ],
  };
}

/** `None of 1,204 operations took longer than 100 ms.` */
function noneText(operations: readonly OperationRoute[]): string {
  const count = operations.reduce((sum, route) => sum + route.count, 0);
  const { least, most } = thresholds(operations);
  const limit = least === most ? time(least) : `its threshold (${time(least)} … ${time(most)})`;
  return count === 1
    ? `○ The only operation took no longer than ${limit}.`
    : `○ None of ${formatCount(count)} operations took longer than ${limit}.`;
}

function thresholdText(slow: readonly OperationRoute[]): string {
  const { least, most } = thresholds(slow);
  return least === most ? `> ${time(least)}` : `> ${time(least)} … ${time(most)}`;
}

function thresholds(routes: readonly OperationRoute[]): { least: number; most: number } {
  const all = routes.map(({ thresholdMilliseconds }) => thresholdMilliseconds);
  return { least: Math.min(...all), most: Math.max(...all) };
}

const time = (value: number): string => formatMilliseconds(milliseconds(value));

/** `pool 61 %`, `fs (blocking) 80 %`. */
function causeText(cause: MainCause | undefined): string {
  if (!cause) return 'unexplained';
  return `${WORDS[cause.kind]}${cause.isOnThread ? ' (blocking)' : ''} ${formatShare(cause.share)}`;
}

const WORDS: Readonly<Record<LedgerKind, string>> = {
  ...{
    cpu: 'CPU',
    gc: 'GC',
    loop: 'event loop',
    pool: 'pool',
    query: 'query',
    http: 'HTTP',
    fs: 'files',
    dns: 'DNS',
  },
  ...{ connect: 'connect', timer: 'timer', lock: 'lock', stream: 'stream', child: 'child process' },
  ...{ worker: 'worker', crypto: 'crypto', unknown: 'unexplained' },
};

const placeText = (cause: MainCause | undefined, places: Places): string =>
  cause?.file === undefined ? '' : places.at({ file: cause.file, line: cause.line ?? 0 });
