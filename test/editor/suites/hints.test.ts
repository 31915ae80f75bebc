import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

/** Text behind a line, and bars in the gutter, have classes of their decoration types. */
const BEHIND_LINES = '.view-line span[class*="ced-"]';
const BARS = '.glyph-margin-widgets .cgmr[class*="ced-"]';
const TREE_ROWS = '.pane-body .monaco-list-row';
const BURN = 'while (Date.now() < end)';

async function showProgram(): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  return await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'burn.js'));
}

const lineOf = ({ document }: vscode.TextEditor, text: string): number =>
  document.positionAt(document.getText().indexOf(text)).line;

/** Opens the program with the hints of a recording of it; the first time records it. */
async function openHints(editor: Editor): Promise<vscode.TextEditor> {
  const before = await recordings();
  const [known] = before;
  if (known) {
    const id = path.basename(known.folder);
    await vscode.commands.executeCommand('slowcatch.openRecording', { kind: 'entry', entry: { id } });
  } else {
    await editor.selectConfiguration('ends');
    await vscode.commands.executeCommand('slowcatch.profileCurrent');
    await newRecording(before);
  }
  const program = await showProgram();
  await until('hints are shown', async () => (await editor.texts(BEHIND_LINES)).length > 0);
  return program;
}

/** Our hover at the end of a line. */
async function hover({ document }: vscode.TextEditor, line: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.lineAt(line).range.end,
  );
  const texts = hovers
    .flatMap(({ contents }) => contents)
    .map(part => (typeof part === 'string' ? part : part.value));
  return texts.filter(text => text.includes('CPU time')).join('\n');
}

const edit = async (
  program: vscode.TextEditor,
  line: number,
  character: number,
  text: string,
): Promise<void> => {
  assert.ok(await program.edit(change => change.insert(new vscode.Position(line, character), text)));
};

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
        (await editor.texts(TREE_ROWS)).filter(row => row.includes('Problems')),
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

    'hints are turned off and on, and cleared': async editor => {
      await openHints(editor);
      const gone = () =>
        until('no hints are shown', async () => (await editor.texts(BEHIND_LINES)).length === 0);
      await vscode.commands.executeCommand('slowcatch.toggleHints');
      await gone();
      await vscode.commands.executeCommand('slowcatch.toggleHints');
      await until('hints are shown again', async () => (await editor.texts(BEHIND_LINES)).length > 0);
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
