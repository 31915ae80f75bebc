import * as vscode from 'vscode';
import type { ActiveCapture } from './capture-state.ts';
import type { Captures } from './captures.ts';
import { statusText } from './status-text.ts';

const PRIORITY = 50;

/** The status bar's flame, and the context key `slowcatch.capturing` for menus. */
export function registerStatus(subscriptions: vscode.Disposable[], captures: Captures): void {
  const item = vscode.window.createStatusBarItem(
    'slowcatch.status',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  item.name = 'Slowcatch';
  show(item, undefined);
  item.show();
  subscriptions.push(
    item,
    captures.onDidChange(capture => show(item, capture)),
  );
}

function show(item: vscode.StatusBarItem, capture: ActiveCapture | undefined): void {
  const { text, tooltip, label, command } = statusText(capture);
  item.text = text;
  item.tooltip = tooltip;
  item.command = command;
  item.accessibilityInformation = { label };
  void vscode.commands.executeCommand('setContext', 'slowcatch.capturing', capture !== undefined);
}
