import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const ROWS = '.pane-body .monaco-list-row';

const rows = (editor: Editor): Promise<readonly string[]> => editor.texts(ROWS);

const hasRow = (editor: Editor, text: RegExp): Promise<string> =>
  until(`a row with ${text}`, async () => (await rows(editor)).find(row => text.test(row)));

const show = async (): Promise<void> => {
  await vscode.commands.executeCommand('slowcatch.view.focus');
};

/** The recording that the tests share; the first one makes it. */
async function recorded(editor: Editor): Promise<Recorded> {
  const before = await recordings();
  const [known] = before;
  if (known) return known;
  await editor.selectConfiguration('ends');
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  const recording = await newRecording(before);
  // It opens by itself.
  await hasRow(editor, /What we found/);
  return recording;
}

const nodeOf = ({ folder }: Recorded) => ({
  kind: 'entry',
  entry: { id: path.basename(folder), name: 'ends' },
});

const suite: Suite = {
  workspace: ['launch'],
  timeoutMilliseconds: 90_000,
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'without recordings it says what to do': async editor => {
      await show();
      // VS Code takes a window for untrusted until it knows better.
      await editor.text('.welcome-view:has-text("Profile Current Launch Configuration")');
      await editor.shotInThemes('view-empty');
    },

    'a recording unfolds to what was found, and to functions with their callers': async editor => {
      const recording = await recorded(editor);
      await show();
      await vscode.commands.executeCommand('slowcatch.openRecording', nodeOf(recording));
      await hasRow(editor, /burn burns/);
      await editor.click(`${ROWS}:has-text("Hot Paths")`);
      await hasRow(editor, /^burn ?\d+ % · burn\.js:5/);
      const folded = (await rows(editor)).length;
      await editor.press('ArrowDown');
      await editor.text(`${ROWS}.focused:has-text("burn.js:5")`);
      await editor.press('ArrowRight');
      await until('the callers of burn', async () => (await rows(editor)).length > folded);
      await editor.shotInThemes('view');
    },

    'a finding opens its place': async editor => {
      const recording = await recorded(editor);
      await show();
      await vscode.commands.executeCommand('slowcatch.openRecording', nodeOf(recording));
      await editor.click(`${ROWS}:has-text("burn burns")`);
      await until('the program is open at a line', () => {
        const { document, selection } = vscode.window.activeTextEditor ?? {};
        return document?.fileName.endsWith('burn.js') && (selection?.active.line ?? 0) > 0;
      });
    },

    'a recording is pinned and renamed': async editor => {
      const recording = await recorded(editor);
      await show();
      await vscode.commands.executeCommand('slowcatch.pinRecording', nodeOf(recording));
      const renaming = vscode.commands.executeCommand('slowcatch.renameRecording', nodeOf(recording));
      await editor.text('.quick-input-widget:has-text("Rename Recording")');
      await editor.type('before the fix');
      await editor.press('Enter');
      await renaming;
      await hasRow(editor, /before the fix/);
      assert.ok((await editor.texts(`${ROWS} .codicon-pinned`)).length > 0);
      await editor.hover(`${ROWS}:has-text("before the fix")`);
      await editor.shot('view-recordings');
    },
  },
};

export default suite;
