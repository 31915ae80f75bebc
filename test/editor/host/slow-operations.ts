/** The Slow Operations tree and the operation panel, as a user goes through them. */
import * as vscode from 'vscode';
import type { Editor } from './editor.ts';
import { until } from './until.ts';

export const ROWS = '.pane-body .monaco-list-row';
export const row = (text: string): string => `${ROWS}:has-text("${text}")`;

/** Findings begin with the same name. */
export const routeRow = (route: string): string => `${ROWS}[aria-label^="${route}, p95"]`;
const kept = (route: string): string => `${ROWS}[aria-label^="${route}, "]:has(.codicon-circle-small-filled)`;

const folded = (route: string): string => `${routeRow(route)}[aria-expanded="false"]`;
const unfoldedBeside = (route: string): string =>
  `${ROWS}[aria-expanded="true"][aria-label*=", p95"]:not([aria-label^="${route}"])`;

/** How many slow ones of a route the tree counts. */
export async function slowCount(editor: Editor, route: string): Promise<number> {
  return Number(/ (\d+) slow/.exec((await editor.texts(routeRow(route)))[0] ?? '')?.[1] ?? 0);
}

/** Unfolds a route, as a user does; the kept ones of another one would push it out of sight. */
export async function unfold(editor: Editor, route: string): Promise<void> {
  // A row that is drawn anew, as while recording, loses the click; one whose kept ones are on their way would be folded by it.
  await until(`${route} is unfolded`, async () => {
    if ((await editor.texts(kept(route))).length > 0) return true;
    for (const rows of [unfoldedBeside(route), folded(route)])
      if ((await editor.texts(rows)).length > 0) await editor.click(`${rows} .monaco-tl-twistie`);
    return false;
  });
}

/** The slowest kept one of a route, in the panel. */
export async function openSlowestOf(editor: Editor, route: string): Promise<void> {
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await unfold(editor, route);
  await editor.click(kept(route));
  await editor.webview.text(`h1:has-text("${route}")`);
  await vscode.commands.executeCommand('workbench.action.closePanel');
}
