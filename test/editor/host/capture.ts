/** What a user sees and does while something is recorded. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Editor } from './editor.ts';
import { until } from './until.ts';

export const STATUS = '[id="slowcatch.slowcatch.slowcatch.status"]';

const status = async (editor: Editor): Promise<string> => (await editor.texts(STATUS)).join('');

export const isIdle = async (editor: Editor): Promise<boolean> => (await status(editor)) === 'Profile';

export async function recordingBegins(editor: Editor): Promise<void> {
  await until('elapsed time is shown', async () => /\d:\d\d/.test(await status(editor)));
}

export async function becomesIdle(editor: Editor): Promise<void> {
  await until('the status item is idle', () => isIdle(editor));
}

/** Runs a configuration as a user does, until the first process has reported. */
export async function profile(editor: Editor, configuration: string): Promise<void> {
  await editor.selectConfiguration(configuration);
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  await recordingBegins(editor);
}

/** Progress of VS Code's own language service. */
const PROGRESS = /^Analyzing /;

/** Texts of the notification center: toasts are not shown to a test driver. */
export async function messages(editor: Editor): Promise<readonly string[]> {
  await vscode.commands.executeCommand('notifications.showList');
  const texts = await editor.texts('.notifications-center .notification-list-item');
  return texts.filter(text => !PROGRESS.test(text));
}

export async function told(editor: Editor, message: RegExp): Promise<void> {
  let texts: readonly string[] = [];
  const isTold = async (): Promise<boolean> => {
    texts = await messages(editor);
    return texts.some(text => message.test(text));
  };
  await until(`the user is told ${message}`, isTold, 15_000).catch(() => assert.fail(texts.join('|')));
}

/** With the setting that programs are run under the debugger. */
export async function underDebugger(act: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('slowcatch');
  await settings.update('recording.underDebugger', true, vscode.ConfigurationTarget.Global);
  try {
    await act();
  } finally {
    await settings.update('recording.underDebugger', undefined, vscode.ConfigurationTarget.Global);
  }
}

/** For the end of a test: whatever goes on ends, also what still shows its result. */
export async function endEverything(editor: Editor): Promise<void> {
  await vscode.commands.executeCommand('slowcatch.stop');
  await vscode.debug.stopDebugging();
  await becomesIdle(editor);
  await vscode.commands.executeCommand('notifications.clearAll');
}
