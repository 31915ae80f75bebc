/** The slow operations of a recording, as the editor's view lists them. */
import type { KeptOperation, OperationRoute } from '../../contracts/document.ts';
import type { SourcePlace } from '../../contracts/server.ts';
import type { OperationNode, OperationsSection, RouteNode } from '../../contracts/views/recording.ts';
import { milliseconds } from '../../contracts/units.ts';
import { formatCount, formatMilliseconds, formatShare } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { causeBrief, causePhrase } from './cause-words.ts';

/** As `Date.now()`. */
export type UnixMilliseconds = number;

/** Routes beyond these took less time than any of them. */
const MOST_ROUTES = 200;
/** For context where nothing was slow. */
const MOST_SLOWEST = 5;

const time = (value: number): string => formatMilliseconds(milliseconds(value));

/** Of all routes that were followed; `isLive`: while the recording goes on. */
export function operationsSection(routes: readonly OperationRoute[], isLive = false): OperationsSection {
  const slow = routes.filter(({ slowCount, keptCount }) => slowCount + keptCount > 0);
  const requests = slow.filter(({ kind }) => kind !== 'stall');
  const stalls = slow.find(({ kind }) => kind === 'stall');
  return {
    threshold: thresholdText(routes),
    routes: requests
      .toSorted((a, b) => lostMilliseconds(b) - lostMilliseconds(a))
      .slice(0, MOST_ROUTES)
      .map(routeNode),
    ...callsOf(routes),
    ...(stalls ? { stalls: routeNode(stalls) } : {}),
    ...(requests.length > 0 ? {} : { empty: emptyOf(routes, isLive) }),
  };
}

function callsOf(routes: readonly OperationRoute[]): Pick<OperationsSection, 'calls'> {
  const calls = routes.filter(({ kind }) => kind === 'call').slice(0, MOST_ROUTES);
  return calls.length > 0 ? { calls: calls.map(routeNode) } : {};
}

/** Empty where nothing was counted. */
function thresholdText(routes: readonly OperationRoute[]): string {
  const thresholds = routes.map(route => route.thresholdMilliseconds);
  const [least, most] = [Math.min(...thresholds), Math.max(...thresholds)];
  if (thresholds.length === 0) return '';
  return least === most ? `> ${short(least)}` : `> ${short(least)} … ${short(most)}`;
}

/** `100 ms`, `1.5 s`: thresholds are round numbers. */
function short(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))} s` : `${Number(value.toPrecision(3))} ms`;
}

type Empty = NonNullable<OperationsSection['empty']>;

function emptyOf(routes: readonly OperationRoute[], isLive: boolean): Empty {
  const counted = routes.filter(({ kind }) => kind !== 'stall');
  const threshold = thresholdText(counted).replace('> ', '');
  const count = counted.reduce((sum, route) => sum + route.count, 0);
  if (count === 0)
    return {
      text: isLive ? 'No operation has ended yet' : 'No operations',
      detail:
        'this program serves no requests and watches no functions – watch a function to keep its slow calls',
      slowest: [],
    };
  return {
    text:
      count === 1
        ? `The one operation stayed below ${threshold}`
        : `All ${formatCount(count)} stayed below ${threshold}`,
    detail: 'lower the threshold to keep more of them',
    slowest: counted
      .toSorted((a, b) => b.p95Milliseconds - a.p95Milliseconds)
      .slice(0, MOST_SLOWEST)
      .map(routeNode),
  };
}

/** What its slow operations took beyond the threshold; not all of them need have been kept. */
function lostMilliseconds({ kept, slowCount, thresholdMilliseconds }: OperationRoute): number {
  if (kept.length === 0) return 0;
  const lost = kept.reduce(
    (sum, { durationMilliseconds }) => sum + Math.max(0, durationMilliseconds - thresholdMilliseconds),
    0,
  );
  return (lost * Math.max(slowCount, kept.length)) / kept.length;
}

function routeNode(route: OperationRoute): RouteNode {
  const { kind, name, count, slowCount, keptCount, errorCount, mainCause, oneIn } = route;
  const place = placeOf(mainCause) ?? placeOf(route.kept[0]);
  return {
    ...{ kind, name, count, slowCount, keptCount, errorCount },
    p50: time(route.p50Milliseconds),
    p95: time(route.p95Milliseconds),
    p99: time(route.p99Milliseconds),
    max: time(route.maxMilliseconds),
    slowShare: formatShare(count > 0 ? slowCount / count : 0),
    lost: time(lostMilliseconds(route)),
    threshold: short(route.thresholdMilliseconds),
    thresholdMilliseconds: route.thresholdMilliseconds,
    ...(mainCause ? { cause: causePhrase(mainCause) } : {}),
    ...(place ? { place } : {}),
    ...(oneIn === undefined ? {} : { oneIn }),
  };
}

function placeOf(
  at: { readonly file?: string; readonly line?: number } | undefined,
): SourcePlace | undefined {
  if (at?.file === undefined || at.line === undefined || at.line < 1) return undefined;
  return { file: at.file, line: at.line };
}

/** The kept ones of a route; `zero` is when the recording began. */
export const operationNodes = (
  { kept, name }: OperationRoute,
  zero: UnixMilliseconds | undefined,
): OperationNode[] => kept.map(operation => operationNode(operation, name, zero));

function operationNode(
  operation: KeptOperation,
  name: string,
  zero: UnixMilliseconds | undefined,
): OperationNode {
  const { key, durationMilliseconds, startMicroseconds, detail, mainCause } = operation;
  const status = statusText(operation);
  return {
    key,
    duration: time(durationMilliseconds),
    time: zero === undefined ? '' : secondText(zero + startMicroseconds / 1000),
    ...(status === undefined ? {} : { status }),
    isFailure: isFailure(operation),
    ...(detail === undefined || name.endsWith(detail) ? {} : { detail: plainText(detail) }),
    ...(mainCause ? { cause: causeBrief(mainCause) } : {}),
  };
}

interface Ended {
  readonly status?: KeptOperation['status'] | undefined;
  readonly end: KeptOperation['end'];
}

const ENDS: Readonly<Record<Ended['end'], string | undefined>> = {
  ended: undefined,
  aborted: 'aborted by the client',
  open: 'still open',
};

/** `200`, `error`, `aborted by the client`; undefined where there is nothing to say. */
export function statusText({ status, end }: Ended): string | undefined {
  return ENDS[end] ?? (status === undefined || status === 'ok' ? undefined : String(status));
}

export const isFailure = ({ status, end }: Ended): boolean =>
  end === 'aborted' || status === 'error' || (typeof status === 'number' && status >= 500);

/** `10:31:22.480`, in the time of this machine; empty for what is no time. */
export function clockText(at: UnixMilliseconds): string {
  const second = secondText(at);
  return second === '' ? '' : `${second}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;
}

/** `10:31:22`: for a row, which is narrow. */
function secondText(at: UnixMilliseconds): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(value => String(value).padStart(2, '0'))
    .join(':');
}
