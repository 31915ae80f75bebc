import * as vscode from 'vscode';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import { Minutes } from '../minutes.ts';
import type { RecordingsModel } from '../recordings.ts';
import type { ActiveCapture } from './capture-state.ts';
import type { Captures } from './captures.ts';
import { statusText } from './status-text.ts';

const PRIORITY = 50;

/** The status bar's flame, and the context key `slowcatch.capturing` for menus. */
export function registerStatus(
  subscriptions: vscode.Disposable[],
  captures: Captures,
  model: RecordingsModel,
): void {
  const item = vscode.window.createStatusBarItem(
    'slowcatch.status',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  item.name = 'Slowcatch';
  const update = (): void => show(item, captures.current, model.view?.entry);
  const minutes = new Minutes(update);
  update();
  item.show();
  subscriptions.push(
    item,
    minutes,
    captures.onDidChange(update),
    model.onChange(change => {
      if (change !== 'open') return;
      minutes.isOn = model.view !== undefined;
      update();
    }),
  );
}

function show(
  item: vscode.StatusBarItem,
  capture: ActiveCapture | undefined,
  open: RecordingEntry | undefined,
): void {
  const { text, tooltip, label, command } = statusText(capture, open && { entry: open, now: Date.now() });
  item.text = text;
  item.tooltip = tooltip;
  item.command = command;
  item.accessibilityInformation = { label };
  void vscode.commands.executeCommand('setContext', 'slowcatch.capturing', capture !== undefined);
}
