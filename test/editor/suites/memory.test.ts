import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { BEHIND_LINES, hover, lineOf } from '../host/hints.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const METRIC_ROW = '[role="treeitem"]:has-text("in hints and Hot Paths")';

/** A recording of the workspace's program with its memory; the first time records it. */
async function openRecording(editor: Editor): Promise<void> {
  const before = await recordings();
  if (before.length === 0) {
    await editor.selectConfiguration('orders');
    await vscode.commands.executeCommand('slowcatch.profileCurrent');
    await newRecording(before);
  } else await vscode.commands.executeCommand('slowcatch.view.focus');
  await until('the view says what is shown', async () => (await editor.texts(METRIC_ROW)).length > 0);
}

function fileUri(file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  return vscode.Uri.joinPath(folder, 'src', file);
}

/** Opens a file of the program and waits until the line of its function says this in its hover, in bytes. */
async function says(editor: Editor, file: string, text: string, expected: RegExp): Promise<void> {
  const program = await vscode.window.showTextDocument(fileUri(file));
  const line = lineOf(program, text);
  await until(`the hover of ${text} says ${expected}`, async () => expected.test(await hover(program, line)));
  assert.doesNotMatch(await hover(program, line), /CPU/);
  assert.ok((await editor.texts(BEHIND_LINES)).length > 0);
}

const suite: Suite = {
  workspace: ['memory'],
  settings: { 'slowcatch.hints.enabled': true, 'slowcatch.recording.allocations': true },
  timeoutMilliseconds: 90_000,
  afterEach: async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'a recording with its memory opens with CPU time, and says that there is more': async editor => {
      await openRecording(editor);
      assert.match(await editor.text(METRIC_ROW), /CPU time/);
    },

    'the function that allocates most is marked, in bytes': async editor => {
      await openRecording(editor);
      await vscode.commands.executeCommand('slowcatch.showHintsOf', 'allocated');
      await says(editor, 'orders.js', 'function parseOrders', /\| Self \| 8\d \\% \| [\d\\.]+ MB \|/);
      assert.match(await editor.text(METRIC_ROW), /Allocated memory *[\d.]+ MB/);
      await editor.shotInThemes('memory-allocated');
      await editor.hover(BEHIND_LINES);
      assert.match(await editor.text('.monaco-hover:has-text("Hide hints")'), /Allocated/);
      await editor.shot('memory-hover');
    },

    'the function that holds most is another one': async editor => {
      await openRecording(editor);
      await vscode.commands.executeCommand('slowcatch.showHintsOf', 'live');
      await says(editor, 'sessions.js', 'function rememberSession', /\| Self \| \d+ \\% \| [\d\\.]+ MB \|/);
      await vscode.window.showTextDocument(fileUri('orders.js'));
      await until('what is garbage has no hint', async () => (await editor.texts(BEHIND_LINES)).length === 0);
    },

    'the choice is offered in words, and by the row of the view': async editor => {
      await openRecording(editor);
      await editor.click(METRIC_ROW);
      await editor.text('.quick-input-widget:has-text("Held memory")');
      await editor.shot('memory-choice');
      await editor.click('.quick-input-list .monaco-list-row:has-text("CPU time")');
      await until('CPU time is shown', async () => /CPU time/.test(await editor.text(METRIC_ROW)));
    },

    'the flamegraph begins with what the hints are of': async editor => {
      await openRecording(editor);
      await vscode.commands.executeCommand('slowcatch.showHintsOf', 'allocated');
      await vscode.commands.executeCommand('slowcatch.openFlamegraph');
      await editor.webview.text('body.painted header');
      assert.match(await editor.webview.text('.toolbar'), /[\d.]+ MB/);
      await editor.shot('memory-flame');
    },
  },
};

export default suite;
