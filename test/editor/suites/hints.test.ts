import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { BEHIND_LINES, BURN, edit, hover, lineOf, openHints } from '../host/hints.ts';
import { problems } from '../host/problems.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

/** Bars in the gutter have classes of their decoration types. */
const BARS = '.glyph-margin-widgets .cgmr[class*="ced-"]';
const TREE_ROWS = '.pane-body .monaco-list-row';
const HIDDEN_ROW = '[role="treeitem"]:has-text("Hints are hidden")';

const suite: Suite = {
  workspace: ['launch'],
  settings: { 'slowcatch.hints.enabled': true },
  timeoutMilliseconds: 90_000,
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'a recording that ends opens the view, and marks its hot line in the editor': async editor => {
      const program = await openHints(editor);
      assert.match(await hover(program, lineOf(program, BURN)), /\| Self \|/);
      assert.ok((await editor.texts(BARS)).length > 0);
      await until('the view tells what was found', async () =>
        (await editor.texts(TREE_ROWS)).some(row => row.includes('What we found')),
      );
      // Running without debugging is nothing to warn of, though js-debug has the program's inspector open.
      assert.deepEqual(
        (await problems(editor)).filter(problem => /debugg|inspector/i.test(problem)),
        [],
      );
      await editor.shotInThemes('hints');
      await editor.hover(BEHIND_LINES);
      assert.match(await editor.text('.monaco-hover:has-text("Hide hints")'), /ends, recorded just now/);
      await editor.shot('hints-hover');
    },

    'a hint moves with its line, says that it was edited, and undo takes that back': async editor => {
      const program = await openHints(editor);
      const line = lineOf(program, BURN);
      await edit(program, 0, 0, '// new\n');
      assert.match(await hover(program, line + 1), /\| Self \|/);
      assert.doesNotMatch(await hover(program, line + 1), /edited/);
      await edit(program, line + 1, 2, 'void 0; ');
      assert.match(await hover(program, line + 1), /edited/);
      await editor.shot('hints-edited');
      await vscode.commands.executeCommand('undo');
      await until('the hint holds again', async () => !/edited/.test(await hover(program, line + 1)));
    },

    'a file that has changed since the recording says so': async editor => {
      const program = await openHints(editor);
      const line = lineOf(program, BURN);
      await vscode.commands.executeCommand('slowcatch.clearHints');
      await edit(program, program.document.lineCount - 1, 0, '// other\n');
      await openHints(editor);
      assert.match(await hover(program, line), /file has changed/);
      await editor.shot('hints-changed-file');
    },

    'hints are turned off and on in the window, not in the settings, and cleared': async editor => {
      await openHints(editor);
      const gone = () =>
        until('no hints are shown', async () => (await editor.texts(BEHIND_LINES)).length === 0);
      await editor.hover(BEHIND_LINES);
      await editor.click('.monaco-hover a:has-text("Hide hints")');
      await gone();
      await vscode.commands.executeCommand('slowcatch.view.focus');
      assert.match(await editor.text(HIDDEN_ROW), /Show/);
      const { globalValue, workspaceValue } =
        vscode.workspace.getConfiguration('slowcatch.hints').inspect('enabled') ?? {};
      assert.deepEqual([globalValue, workspaceValue], [true, undefined]);
      await editor.shot('hints-hidden');
      await editor.click(HIDDEN_ROW);
      await until('hints are shown again', async () => (await editor.texts(BEHIND_LINES)).length > 0);
      await until('the row is gone', async () => (await editor.texts(HIDDEN_ROW)).length === 0);
      await vscode.commands.executeCommand('slowcatch.clearHints');
      await gone();
    },

    'both editors of a split show them': async editor => {
      await openHints(editor);
      const single = (await editor.texts(BEHIND_LINES)).length;
      await vscode.commands.executeCommand('workbench.action.splitEditor');
      await until(
        'the second editor shows them',
        async () => (await editor.texts(BEHIND_LINES)).length === 2 * single,
      );
    },

    'the next hot line is gone to, from another file to the hottest': async editor => {
      const program = await openHints(editor);
      const line = lineOf(program, BURN);
      await vscode.commands.executeCommand('slowcatch.hottestLine');
      assert.equal(vscode.window.activeTextEditor?.selection.active.line, line);
      program.selection = new vscode.Selection(line - 1, 0, line - 1, 0);
      await vscode.commands.executeCommand('slowcatch.nextHotLine');
      assert.equal(program.selection.active.line, line);
    },
  },
};

export default suite;
