import * as vscode from 'vscode';
import type { FlameFunction } from '../../contracts/views/flame.ts';

/** Undefined when nothing is chosen. */
export async function pickFunction(functions: readonly FlameFunction[]): Promise<FlameFunction | undefined> {
  const items = functions.map(each => ({
    label: each.name.replaceAll('$(', '$ ('),
    description: each.place === '' ? each.share : `${each.share} · ${each.place}`,
    function: each,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Function to see with its callers and callees'),
    matchOnDescription: true,
  });
  return picked?.function;
}
