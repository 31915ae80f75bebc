import * as vscode from 'vscode';
import type { Connection } from '../connection.ts';
import { thresholdSettings } from '../operations/threshold.ts';
import { attach } from './attach.ts';
import type { Captures } from './captures.ts';
import { profileCurrent } from './launch.ts';

type Start = vscode.QuickPickItem & { readonly run: () => Promise<void> };

/** Records for hours: asks what, and keeps slow operations with what they need, nothing else. */
export async function watchSlowOperations(captures: Captures, connection: Connection): Promise<void> {
  captures.requireIdle();
  const { thresholdMilliseconds } = thresholdSettings();
  const items: Start[] = [
    {
      label: vscode.l10n.t('$(flame) Start the current launch configuration'),
      detail: vscode.l10n.t('Requests, jobs and watched functions, from the first one on'),
      run: () => profileCurrent(captures, 'watch'),
    },
    {
      label: vscode.l10n.t('$(plug) Attach to a running Node.js process…'),
      detail: vscode.l10n.t('Those that begin from now on; a watched function only where it can be replaced'),
      run: () => attach(captures, connection, undefined, true),
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Record slow operations (> {0} ms)', String(thresholdMilliseconds)),
    placeHolder: vscode.l10n.t('It may run for hours: only what slow operations need is kept'),
  });
  await chosen?.run();
}
