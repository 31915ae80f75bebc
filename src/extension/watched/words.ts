import * as vscode from 'vscode';
import type { RouteNode } from '../../contracts/views/recording.ts';
import type { WatchEntry } from './settings.ts';

/** `watched > 50 ms · 310 calls · p95 412 ms · 12 slow`, as far as something is recorded. */
export function markText({ threshold }: WatchEntry, route: RouteNode | undefined): string {
  const watched = vscode.l10n.t('watched > {0} ms', threshold);
  if (!route) return watched;
  const { count, p95, slowCount, oneIn } = route;
  const calls =
    oneIn === undefined
      ? vscode.l10n.t('{0} calls', count)
      : vscode.l10n.t('{0} calls, 1 in {1} followed', count, oneIn);
  return [
    watched,
    calls,
    `p95 ${p95}`,
    ...(slowCount > 0 ? [vscode.l10n.t('{0} slow', slowCount)] : []),
  ].join(' · ');
}
