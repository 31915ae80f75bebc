/** Watching a function: by command or action on it, marked in the gutter, kept in the workspace's settings. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { BEHIND_LINES, edit, lineOf } from '../host/hints.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const INPUT = '.quick-input-widget input';

async function show(): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'orders.js'));
}

const watched = (): unknown => vscode.workspace.getConfiguration('slowcatch').get('watch');

const marked = (editor: Editor, text: RegExp): Promise<string> =>
  until(`a mark with ${text}`, async () =>
    (await editor.afterTexts(BEHIND_LINES)).find(each => text.test(each)),
  );

/** As by the command, with the cursor in the line that holds `text`. */
async function watch(editor: Editor, text: string, milliseconds: string): Promise<vscode.TextEditor> {
  const program = await show();
  const position = new vscode.Position(lineOf(program, text), 4);
  program.selection = new vscode.Selection(position, position);
  const done = vscode.commands.executeCommand('slowcatch.watchFunction');
  await until('it asks', async () => (await editor.texts(INPUT)).length > 0);
  await editor.press('ControlOrMeta+a');
  await editor.type(milliseconds);
  await editor.press('Enter');
  await done;
  return program;
}

/** Name and the text of a line of each. */
const FORMS = [
  ['parse', 'const parse ='],
  ['Cart.add', 'add = (price'],
  ['Cart.get total', 'get total'],
  ['api.load', 'async load'],
  ['api.each', '*each'],
  ['outer.inner', 'function inner'],
] as const;

const suite: Suite = {
  workspace: ['watched'],
  timeoutMilliseconds: 90_000,
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.workspace
      .getConfiguration('slowcatch')
      .update('watch', undefined, vscode.ConfigurationTarget.Workspace);
  },
  tests: {
    'a function is watched, and its mark counts the calls of the recording': async editor => {
      await watch(editor, 'async findAll', '50');
      assert.deepEqual(watched(), [
        { file: 'orders.js', function: 'OrderService.findAll', line: 9, threshold: 50 },
      ]);
      await marked(editor, /watched > 50 ms$/);
      await editor.selectConfiguration('orders');
      const before = await recordings();
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await newRecording(before);
      await show();
      assert.match(await marked(editor, /calls/), /watched > 50 ms · 20 calls · p95 \d+ ms · 1\d slow/);
      await editor.shotInThemes('watched-function');
    },

    'functions of every form are offered and marked: arrows, fields of classes, methods of objects, inner ones':
      async editor => {
        const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
        const forms = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'forms.ts'));
        const entries = FORMS.map(([name, text], index) => ({
          ...{ file: 'forms.ts', function: name, line: lineOf(forms, text) + 1, threshold: 10 * (index + 1) },
        }));
        for (const [name, text] of FORMS) {
          const line = lineOf(forms, text);
          const range = new vscode.Range(line, 4, line, 4);
          const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
            'vscode.executeCodeActionProvider',
            forms.document.uri,
            range,
          );
          const titles = actions.map(({ title }) => title);
          assert.ok(
            titles.includes(`Watch ${name}: keep when slower than…`),
            `${name}: ${titles.join(', ')}`,
          );
        }
        await vscode.workspace
          .getConfiguration('slowcatch')
          .update('watch', entries, vscode.ConfigurationTarget.Workspace);
        for (const { threshold } of entries) await marked(editor, new RegExp(`watched > ${threshold} ms$`));
        await editor.shotInThemes('watched-forms');
      },

    'it is watched wherever it stands by now, and said to be gone when it is': async editor => {
      const program = await watch(editor, 'async findAll', '50');
      await edit(program, 0, 0, '// one more line\n');
      await program.document.save();
      await marked(editor, /watched > 50 ms$/);
      await edit(program, lineOf(program, 'async findAll'), '  async findAll'.length, 'Pages');
      await program.document.save();
      await marked(editor, /OrderService\.findAll is gone/);
      await editor.shot('watched-gone');
      await vscode.commands.executeCommand('undo');
      await vscode.commands.executeCommand('undo');
      await program.document.save();
    },

    'actions on a function watch it, and stop that': async editor => {
      const program = await watch(editor, 'let sum = 0', '5');
      const line = lineOf(program, 'let sum');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        program.document.uri,
        new vscode.Range(line, 4, line, 4),
      );
      const titles = actions.map(({ title }) => title).filter(title => /[Ww]atch/.test(title));
      assert.deepEqual(titles, [
        'Watch OrderService.total: keep when slower than…',
        'Stop watching OrderService.total',
      ]);
      await vscode.commands.executeCommand('slowcatch.stopWatching', {
        uri: program.document.uri,
        line: line + 1,
      });
      assert.deepEqual(watched(), []);
      await until('no mark is left', async () => (await editor.afterTexts(BEHIND_LINES)).length === 0);
    },
  },
};

export default suite;
