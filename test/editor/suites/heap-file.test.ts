/** Heap snapshots of a program of the workspace, in their editor and compared. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, copyFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const EDITOR = 'slowcatch.heap';
const ROW = '[role="row"].row:not(.head)';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const inFolder = (name: string): string => path.join(folder(), name);
const PROGRAM = 'sessions.js';
const SNAPSHOTS = ['first.heapsnapshot', 'second.heapsnapshot', 'third.heapsnapshot'];

/** Written by the program, the first time that they are wanted. */
async function snapshots(): Promise<readonly string[]> {
  const files = SNAPSHOTS.map(inFolder);
  const isThere = await stat(files.at(-1)!).then(
    () => true,
    () => false,
  );
  if (!isThere) await promisify(execFile)('node', [PROGRAM], { cwd: folder() });
  return files;
}

async function open(file: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), EDITOR);
}

/** Opens it and waits for its rows. */
async function openRows(editor: Editor, file: string): Promise<void> {
  await open(file);
  await editor.webview.text(`${ROW}:has-text("Session")`);
}

/** The program's class with the places of its constructor. */
const SESSION = `${ROW}:has-text("Session"):has-text("${PROGRAM}")`;

const sessionsOf = (count: number): string => `${SESSION}:has([role="gridcell"]:text-is("${count}"))`;

const suite: Suite = {
  workspace: ['heap'],
  afterEach: async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'a snapshot shows its classes, what holds them in the words of the source, and opens their line':
      async editor => {
        const [first = ''] = await snapshots();
        await openRows(editor, first);
        assert.match(await editor.webview.text('.sentence'), /B in [\d,]+ objects/);
        await editor.webview.click(SESSION);
        await editor.webview.text(`.holders:has-text("module ${PROGRAM}"):has-text("Map sessions")`);
        await editor.press('ArrowRight');
        await editor.webview.text(`${ROW}[aria-level="2"]:has-text("Session @")`);
        await editor.shotInThemes('heap-file');
        await editor.webview.click(`${SESSION} .place button`);
        await until(
          'its line is shown',
          () => vscode.window.activeTextEditor?.document.uri.fsPath === inFolder(PROGRAM),
        );
        const { document, selection } = vscode.window.activeTextEditor!;
        assert.match(document.lineAt(selection.active.line).text, /class Session|constructor/);
      },

    'a filter, the dominators and the text of what is seen': async editor => {
      const [, second = ''] = await snapshots();
      await openRows(editor, second);
      await editor.webview.click('input[type="search"]');
      await editor.type('session');
      await until('others are gone', async () =>
        (await editor.webview.texts(ROW)).every(row => /session/i.test(row)),
      );
      await editor.webview.click('text=Copy as Text');
      await until('it is on the clipboard', async () =>
        /^Session +600 /m.test(await vscode.env.clipboard.readText()),
      );
      await editor.webview.click('button:has-text("Dominators")');
      await editor.webview.text('text=All that the roots hold');
      await editor.webview.text(`${ROW}[aria-level="1"]`);
      await editor.shot('heap-file-dominators');
    },

    'two are open at a time, and each is there again when it comes to the front': async editor => {
      const [first = '', second = ''] = await snapshots();
      await openRows(editor, first);
      await openRows(editor, second);
      await editor.webview.text('h1:has-text("second.heapsnapshot")');
      await openRows(editor, first);
      await editor.webview.text('h1:has-text("first.heapsnapshot")');
      assert.equal(
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isHeap).length,
        2,
        'one editor for each',
      );
    },

    'a file that is written anew says so, and is read again': async editor => {
      const [first = '', second = ''] = await snapshots();
      const file = inFolder('changing.heapsnapshot');
      await copyFile(first, file);
      await openRows(editor, file);
      await editor.webview.text(sessionsOf(300));
      await copyFile(second, file);
      await editor.webview.click('text=Read again');
      await editor.webview.text(sessionsOf(600));
      await rm(file);
      await editor.webview.text('text=The file was deleted');
    },

    'what cannot be read says why, and what can be done': async editor => {
      const [first = ''] = await snapshots();
      const cut = inFolder('cut.heapsnapshot');
      await copyFile(first, cut);
      await truncate(cut, (await stat(first)).size - 500);
      await open(cut);
      assert.match(await editor.webview.text('[role="alert"]'), /ends too early.*Take it again/);
      await editor.shot('heap-file-cut');
      await copyFile(first, cut);
      await editor.webview.click('text=Read Again');
      await editor.webview.text(SESSION);

      const foreign = inFolder('foreign.heapsnapshot');
      await writeFile(foreign, '<html>');
      await open(foreign);
      assert.match(await editor.webview.text('[role="alert"]'), /no JSON/);
      await appendFile(foreign, '</html>');
      await editor.webview.text('text=The file has been written anew since');
    },

    'several are compared, in the order in which they were written': async editor => {
      const [first = '', second = '', third = ''] = await snapshots();
      const uris = [third, first, second].map(file => vscode.Uri.file(file));
      await vscode.commands.executeCommand('slowcatch.compareHeapSnapshots', uris[0], uris);
      assert.match(await editor.webview.text('.verdicts tbody tr'), /Session/);
      assert.deepEqual(
        (await editor.webview.texts('.path li')).map(word => word.trim()),
        ['module sessions.js', 'Map sessions', 'Session'],
      );
      assert.match(await editor.webview.text('h1'), /first, second, third/);
      await editor.shotInThemes('heap-file-compared');
    },

    'those of the workspace are offered, the oldest first': async editor => {
      await snapshots();
      const done = vscode.commands.executeCommand('slowcatch.compareHeapSnapshots');
      await editor.text('.quick-input-list .monaco-list-row:has-text("third.heapsnapshot")');
      const rows = await editor.texts('.quick-input-list .monaco-list-row');
      const positions = SNAPSHOTS.map(name => rows.findIndex(row => row.includes(name)));
      assert.deepEqual(
        positions,
        positions.toSorted((a, b) => a - b),
      );
      await editor.press('Escape');
      await done;
    },
  },
};

const isHeap = ({ input }: vscode.Tab): boolean =>
  input instanceof vscode.TabInputCustom && input.viewType === EDITOR;

export default suite;
