import type { OperationNode, RouteNode } from '../contracts/views/recording.ts';
import { formatCount } from './numbers.ts';
import { OPERATION_WORDS } from './operation-words.ts';
import { plainText } from './untrusted.ts';

/** A route with its kept operations, to be pasted elsewhere. Lines end with \n. */
export function routeText(route: RouteNode, kept: readonly OperationNode[]): string {
  const { kind, name, count, slowCount, slowShare, threshold, p50, p95, p99, max, cause } = route;
  const above = `${formatCount(slowCount)} of ${formatCount(count)} ${OPERATION_WORDS[kind]} above ${threshold} (${slowShare})`;
  return [
    `${plainText(name)} · ${above} · p50 ${p50} · p95 ${p95} · p99 ${p99} · max ${max}`,
    ...(cause === undefined ? [] : [plainText(cause)]),
    ...kept.map(({ duration, cause = '', time, status = '', detail = '' }) =>
      [`  ${duration.padStart(7)}`, ...[cause, time, status, detail].filter(part => part !== '')]
        .map(part => plainText(part))
        .join('  '),
    ),
    '',
  ].join('\n');
}
