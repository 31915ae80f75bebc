/** Hints of files that are not as they were recorded, or may not be written. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import {
  BEHIND_LINES,
  BURN,
  edit,
  hover,
  lineOf,
  openHints,
  programUri,
  showProgram,
} from '../host/hints.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const FIVE_LINES = '// new\n'.repeat(5);

/** The notification center: toasts are not shown to a test driver. */
async function told(editor: Editor, message: RegExp): Promise<void> {
  await until(`the user is told ${message}`, async () => {
    await vscode.commands.executeCommand('notifications.showList');
    const texts = await editor.texts('.notifications-center .notification-list-item');
    return texts.some(text => message.test(text));
  });
  await vscode.commands.executeCommand('notifications.clearAll');
}

/** Waits until the program of a recording that was not there `before` has run for a segment. */
async function programRuns(before: readonly Recorded[]): Promise<void> {
  const known = new Set(before.map(({ folder }) => folder));
  await until('the program is sampled', async () => {
    const recording = (await recordings()).find(({ folder }) => !known.has(folder));
    const [thread] = recording?.threads ?? [];
    if (!recording || thread === undefined) return false;
    return (await readdir(path.join(recording.folder, thread))).some(name => name.startsWith('cpu-'));
  });
}

const hintCount = async (editor: Editor): Promise<number> => (await editor.texts(BEHIND_LINES)).length;

/** Nobody, root included, can write into the folder until the answer is called; undefined where that cannot be had. */
function readOnly(folder: string): (() => void) | undefined {
  const run = (command: string, ...words: readonly string[]): boolean =>
    spawnSync(command, words).status === 0;
  if (process.getuid?.() !== 0)
    return run('chmod', '-R', 'a-w', folder) ? () => run('chmod', '-R', 'u+w', folder) : undefined;
  const isMounted = run('mount', '--bind', folder, folder);
  return isMounted && run('mount', '-o', 'remount,bind,ro', folder)
    ? () => run('umount', '--lazy', folder)
    : undefined;
}

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
    'a file in a folder that cannot be written is recorded, and has hints': async editor => {
      const writable = readOnly(path.dirname(programUri().fsPath));
      if (!writable) return console.warn('skipped: nothing can be mounted here');
      try {
        await assert.rejects(async () => vscode.workspace.fs.writeFile(programUri(), new Uint8Array()));
        const program = await openHints(editor);
        const text = await hover(program, lineOf(program, BURN));
        assert.match(text, /\| Self \|/);
        assert.doesNotMatch(text, /changed|not known/);
      } finally {
        writable();
      }
    },

    'a file that is renamed or deleted after the recording has no hints; who goes there is told':
      async editor => {
        const program = await openHints(editor);
        const place = { file: programUri().fsPath, line: lineOf(program, BURN) + 1 };
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        const renamed = vscode.Uri.joinPath(programUri(), '..', 'renamed.js');
        await vscode.workspace.fs.rename(programUri(), renamed);
        try {
          await vscode.commands.executeCommand('slowcatch.openPlace', place);
          await told(editor, /burn\.js cannot be opened: it was moved or deleted since the recording/);
          await vscode.window.showTextDocument(renamed);
          await until('the renamed file is shown', async () => (await editor.texts('.view-line')).length > 5);
          assert.equal(await hintCount(editor), 0);
          await editor.shot('hints-renamed-file');

          await vscode.workspace.fs.copy(renamed, programUri());
          await vscode.commands.executeCommand('slowcatch.openPlace', place);
          await until('the file that is back has its hints', async () => (await hintCount(editor)) > 0);
          await vscode.commands.executeCommand('workbench.action.closeAllEditors');
          await vscode.workspace.fs.delete(programUri());
          await vscode.commands.executeCommand('slowcatch.hottestLine');
          await told(editor, /burn\.js cannot be opened/);
        } finally {
          await vscode.workspace.fs.rename(renamed, programUri(), { overwrite: true });
        }
      },

    'a file that is edited while its program runs has hints of what ran, and says that it has changed':
      async editor => {
        const before = await recordings();
        const program = await showProgram();
        const line = lineOf(program, BURN);
        await editor.selectConfiguration('waits');
        await vscode.commands.executeCommand('slowcatch.profileCurrent');
        await programRuns(before);
        await edit(await showProgram(), 0, 0, FIVE_LINES);
        assert.ok(await program.document.save());
        await vscode.commands.executeCommand('slowcatch.stop');
        await newRecording(before);
        await showProgram();
        await until('the hints say so', async () => /file has changed/.test(await hover(program, line)));
        assert.match(await hover(program, line), /\| Self \|/);
        await editor.shot('hints-edited-while-running');

        await vscode.commands.executeCommand('undo');
        await until('the text that ran has its hints', async () => {
          const text = await hover(program, line);
          return text !== '' && !/changed/.test(text);
        });
        assert.ok(await program.document.save());
      },
  },
};

export default suite;
