/** Slow operations as rows of the view. Pure. */
import { l10n } from 'vscode';
import type { OperationKind } from '../../contracts/operation-kinds.ts';
import type { RouteNode } from '../../contracts/views/recording.ts';
import { formatCount } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Node } from './nodes.ts';
import { cutName, fullPlace, labelRoom, type NodeText, ROOM } from './row.ts';

type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

const ICONS: Readonly<Record<OperationKind, string>> = {
  http: 'globe',
  http2: 'globe',
  job: 'checklist',
  call: 'symbol-method',
  stall: 'circle-slash',
};

/** Names of routes begin alike: `GET /api/orders/:id` is seen whole. */
const LEAST_ROUTE = 20;

/** `Slow operations  > 100 ms`. */
export function operationsText({ section, recording }: Of<'operations'>): NodeText {
  const { threshold, routes, stalls } = section;
  const slow = [...routes, ...(stalls ? [stalls] : [])].reduce((sum, { slowCount }) => sum + slowCount, 0);
  const said = [...(threshold === '' ? [] : [threshold]), ...(slow > 0 ? [formatCount(slow)] : [])].join(
    ' · ',
  );
  return {
    id: `operations ${recording}`,
    label: l10n.t('Slow operations'),
    description: said,
    tooltip: [
      l10n.t('Requests, jobs and watched functions that took longer than their threshold ({0}).', threshold),
      l10n.t('The setting “slowcatch.threshold” says from when on the next recording keeps them.'),
    ].join('\n'),
    icon: 'watch',
    context: 'operations',
    fold: 'unfolded',
    spoken: l10n.t('Slow operations, {0}', said),
  };
}

/** `GET /orders  p95 412 ms · 310 slow · waits 61 % for a pool`. */
export function routeText({ route, recording, isContext }: Of<'route'>): NodeText {
  const { kind, name, keptCount, cause } = route;
  const said = kind === 'stall' ? l10n.t('Stalls') : plainText(name);
  const first = firstWords(route, isContext);
  const description = [first, ...(cause === undefined ? [] : [plainText(cause)])].join(' · ');
  return {
    id: `route ${recording} ${kind} ${name}`,
    label: cutName(said, labelRoom(ROOM.route, first, LEAST_ROUTE)),
    description,
    tooltip: routeTooltip(route, said),
    icon: ICONS[kind],
    context: isContext ? 'fast-route' : 'slow-route',
    fold: keptCount > 0 && !isContext ? 'folded' : 'none',
    spoken: `${said}, ${description}`,
  };
}

function firstWords({ kind, p95, max, slowCount }: RouteNode, isContext: boolean): string {
  if (isContext) return l10n.t('p95 {0}', p95);
  if (kind === 'stall') return l10n.t('{0} · longest {1}', formatCount(slowCount), max);
  return l10n.t('p95 {0} · {1} slow', p95, formatCount(slowCount));
}

function routeTooltip(route: RouteNode, said: string): string {
  const { count, slowCount, keptCount, errorCount, slowShare, threshold, lost, cause, oneIn, place } = route;
  const { kind, p50, p95, p99, max } = route;
  return [
    kind === 'stall' ? l10n.t('The event loop was blocked: nothing else could run.') : said,
    l10n.t('p50 {0} · p95 {1} · p99 {2} · longest {3}', p50, p95, p99, max),
    l10n.t(
      '{0} of {1} above {2} ({3}), {4} kept',
      formatCount(slowCount),
      formatCount(count),
      threshold,
      slowShare,
      formatCount(keptCount),
    ),
    ...(slowCount > 0 ? [l10n.t('{0} lost above the threshold', lost)] : []),
    ...(errorCount > 0 ? [l10n.t('{0} failed', formatCount(errorCount))] : []),
    ...(cause === undefined ? [] : [l10n.t('Kept ones: {0}', plainText(cause))]),
    ...(place ? [fullPlace(place)] : []),
    ...(oneIn === undefined
      ? []
      : [l10n.t('Called so often that only one in {0} calls was followed.', formatCount(oneIn))]),
  ].join('\n');
}

/** `412 ms  pool 61 % · 10:31:22.480 · 200`. */
export function operationText({ operation, route, recording }: Of<'operation'>): NodeText {
  const { key, duration, time, status, isFailure, detail, cause } = operation;
  const parts = [cause, time, status, detail].filter(part => part !== undefined && part !== '');
  const description = parts.map(part => plainText(part!)).join(' · ');
  return {
    id: `operation ${recording} ${key}`,
    label: plainText(duration),
    description,
    tooltip: [
      `${plainText(route.name)} · ${plainText(duration)}`,
      ...parts.map(part => plainText(part!)),
    ].join('\n'),
    ...(isFailure
      ? { icon: 'error', colour: 'problemsErrorIcon.foreground' }
      : { icon: 'circle-small-filled' }),
    context: 'operation',
    fold: 'none',
    spoken: `${plainText(route.name)}, ${plainText(duration)}, ${description}`,
  };
}
