/** A stretch of a recording: what pages that let the user brush a range ask for. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { BEHIND_LINES, lineOf } from '../host/hints.ts';
import { keepRecording, type Kept, nodeOf } from '../host/kept-recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const ROWS = '.pane-body .monaco-list-row';
const rows = (editor: Editor): Promise<readonly string[]> => editor.texts(ROWS);
const hasRow = (editor: Editor, text: RegExp): Promise<string> =>
  until(`a row with ${text}`, async () => (await rows(editor)).find(row => text.test(row)));
const hasNoRow = (editor: Editor, text: RegExp): Promise<boolean> =>
  until(`no row with ${text}`, async () => !(await rows(editor)).some(row => text.test(row)));

/** A recording of a program that burns a second in `mixDigits`, then one in `sumRoots`. */
let made: Promise<Kept> | undefined;
const phases = (): Promise<Kept> =>
  (made ??= keepRecording('phases', ['phases.js'], { minutesAgo: 1, manifest: { name: 'phases.js' } }));

/** In it only the first function has run. */
const FIRST = { startMicroseconds: 0, endMicroseconds: 900_000 };

const showRange = ({ id }: Kept, range: unknown = FIRST) =>
  vscode.commands.executeCommand('slowcatch.showRange', { id, range });

async function open(editor: Editor): Promise<Kept> {
  const kept = await phases();
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await vscode.commands.executeCommand('slowcatch.refreshRecordings');
  await vscode.commands.executeCommand('slowcatch.openRecording', nodeOf(kept));
  await hasRow(editor, /sumRoots/);
  return kept;
}

async function showProgram(): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'phases.js'));
}

/** Our hover on the head of a function: empty where it has no hints. */
async function hover({ document }: vscode.TextEditor, line: number): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.lineAt(line).range.end,
  );
  const texts = found
    .flatMap(({ contents }) => contents)
    .map(part => (typeof part === 'string' ? part : part.value));
  return texts.filter(text => text.includes('CPU time')).join('\n');
}

const suite: Suite = {
  workspace: ['phases'],
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'the view and the hints are of it alone, and a click shows the whole again': async editor => {
      const kept = await open(editor);
      const program = await showProgram();
      const [mixed, summed] = ['function mixDigits', 'function sumRoots'].map(text => lineOf(program, text));
      await until('hints of both', async () => (await editor.texts(BEHIND_LINES)).length > 3);
      await showRange(kept);
      await hasRow(editor, /^0 – 900 ms of 2\.\d+ s ?Show all$/);
      await hasNoRow(editor, /sumRoots/);
      await editor.click(`${ROWS}:has-text("Hot Paths")`);
      await hasRow(editor, /^mixDigits ?\d+ % · phases\.js:2/);
      await until('no hints of the other', async () => (await hover(program, summed!)) === '');
      assert.match((await hover(program, mixed!)).replaceAll('\\', ''), /only 0 – 900 ms of 2/);
      await editor.text('[role="treeitem"][aria-label^="Only 0 – 900 ms"]');
      await editor.shotInThemes('range');
      await editor.click(`${ROWS}:has-text("Show all")`);
      await hasRow(editor, /sumRoots/);
      await hasNoRow(editor, /Show all/);
      await until('hints of the other', async () => (await hover(program, summed!)) !== '');
    },

    'a command shows the whole again; callers are those of the stretch': async editor => {
      const kept = await open(editor);
      await showRange(kept);
      await hasNoRow(editor, /sumRoots/);
      // What was unfolded stays so, and a click folds it.
      const isUnfolded =
        (await editor.texts(`${ROWS}[aria-expanded="true"]:has-text("Hot Paths")`)).length > 0;
      await editor.click(`${ROWS}:has-text("Hot Paths")`);
      if (isUnfolded) await editor.press('ArrowRight');
      await hasRow(editor, /^mixDigits ?\d+ %/);
      const folded = (await rows(editor)).length;
      await editor.press('ArrowDown');
      await editor.text(`${ROWS}.focused:has-text("mixDigits")`);
      await editor.press('ArrowRight');
      await until('the callers', async () => (await rows(editor)).length > folded);
      await vscode.commands.executeCommand('slowcatch.showWholeRecording');
      await hasRow(editor, /sumRoots/);
    },

    'one in which nothing ran says so': async editor => {
      const kept = await open(editor);
      await showRange(kept, { startMicroseconds: 60e6, endMicroseconds: 61e6 });
      await hasRow(editor, /^60\.0 – 61\.0 s of 2\.\d+ s ?Show all$/);
      await editor.click(`${ROWS}:has-text("Problems")`);
      await hasRow(editor, /Nothing was sampled from 60\.0 s to 61\.0 s/);
      await editor.shot('range-empty');
    },

    'what is no range changes nothing': async editor => {
      const kept = await open(editor);
      for (const range of [null, {}, 7, { startMicroseconds: '1', endMicroseconds: Number.NaN }])
        await showRange(kept, range);
      await vscode.commands.executeCommand('slowcatch.showRange');
      await hasNoRow(editor, /Show all/);
      await hasRow(editor, /sumRoots/);
    },
  },
};

export default suite;
