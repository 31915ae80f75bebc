import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { becomesIdle, endEverything } from '../host/capture.ts';
import type { Editor } from '../host/editor.ts';
import { BEHIND_LINES, hover, lineOf } from '../host/hints.ts';
import { type Recorded, recordings } from '../host/recordings.ts';
import { row } from '../host/slow-operations.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const REQUESTS = 60;
const SNAPSHOT = 'button.snapshot:not([disabled])';
const BUSY_MILLISECONDS = 60_000;

const workspace = (): vscode.Uri =>
  vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
const fileUri = (name: string): vscode.Uri => vscode.Uri.joinPath(workspace(), name);

/** Starts a configuration and waits until it listens; answers its port. */
async function track(editor: Editor, configuration: string): Promise<string> {
  const port = fileUri('port').fsPath;
  await rm(port, { force: true });
  await editor.selectConfiguration(configuration);
  await vscode.commands.executeCommand('slowcatch.trackLeaks');
  await editor.webview.text('.steps');
  await vscode.commands.executeCommand('workbench.action.closePanel');
  return await until('the program listens', () => readFile(port, 'utf8').catch(() => undefined));
}

async function work(port: string): Promise<void> {
  for (let request = 0; request < REQUESTS; request++)
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
}

/** Ends an epoch: work, and a snapshot when it may be asked for. */
async function epoch(editor: Editor, port: string, snapshots: number): Promise<void> {
  await work(port);
  await until('a snapshot may be taken', async () => (await editor.webview.texts(SNAPSHOT)).length > 0);
  await editor.webview.click(SNAPSHOT);
  await until(
    `${snapshots} snapshots`,
    async () => (await editor.webview.texts('.snapshots tbody tr')).length === snapshots,
    BUSY_MILLISECONDS,
  );
}

async function stop(editor: Editor): Promise<Recorded> {
  const known = await recordings();
  await vscode.commands.executeCommand('slowcatch.stop');
  await becomesIdle(editor);
  const last = known
    .map(({ folder }) => folder)
    .toSorted()
    .at(-1);
  return await until('the recording is saved', async () =>
    (await recordings()).find(({ folder, state }) => folder === last && state === 'saved'),
  );
}

const verdictRow = (className: string): string => `.verdicts tr:has-text("${className}")`;

/** Four snapshots of the program that keeps all. */
async function trackAll(editor: Editor): Promise<void> {
  const port = await track(editor, 'keeps all');
  for (const snapshots of [1, 2, 3, 4]) await epoch(editor, port, snapshots);
}

/** Opens the kept recording of the program that keeps all; the first time records it. */
async function openKept(editor: Editor): Promise<void> {
  const known = (await recordings()).findLast(({ name, state }) => name === 'keeps all' && state === 'saved');
  if (!known) await trackAll(editor);
  const kept = known ?? (await stop(editor));
  await vscode.commands.executeCommand('slowcatch.openRecording', {
    ...{ kind: 'entry', entry: { id: path.basename(kept.folder), name: kept.name } },
  });
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await editor.text(row('Memory'));
}

const warnings = (): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(fileUri('sessions.js')).filter(({ source }) => source === 'slowcatch');

const suite: Suite = {
  workspace: ['leaks'],
  settings: { 'slowcatch.hints.enabled': true },
  timeoutMilliseconds: 240_000,
  afterEach: async editor => {
    await endEverything(editor);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },
  tests: {
    'a program that is tracked: after four snapshots the report names line, holder and growth per request':
      async editor => {
        const port = await track(editor, 'keeps all');
        assert.doesNotMatch(await editor.webview.text('main'), /leak/i);
        await until('the cost is said', async () =>
          /pause, \+/.test(await editor.webview.text('button.snapshot')),
        );
        await editor.shot('leaks-first');
        for (const snapshots of [1, 2, 3, 4]) await epoch(editor, port, snapshots);
        const leaking = verdictRow('Session');
        await until(
          'a verdict',
          async () => (await editor.webview.text(leaking)).startsWith('Leak'),
          BUSY_MILLISECONDS,
        );
        assert.match(await editor.webview.text(leaking), /1\.00 .*\+60 \/ \+60 \/ \+60 .*sessions\.js:12/);
        assert.match(await editor.webview.text('.path'), /module sessions\.js.*Map sessions.*Session/);
        await editor.shotInThemes('leaks-found');
        await editor.webview.click('.verdicts .place');
        await until('the line', () => {
          const { document, selection } = vscode.window.activeTextEditor ?? {};
          return document?.fileName.endsWith('sessions.js') && selection?.active.line === 11;
        });
        await stop(editor);
      },

    'the line is marked in its file, with a warning, until the recording is closed': async editor => {
      await openKept(editor);
      const program = await vscode.window.showTextDocument(fileUri('sessions.js'));
      const line = lineOf(program, 'new Session(user)');
      await until('a hint', async () => (await editor.texts(BEHIND_LINES)).length > 0);
      await until('its hover', async () => /never let go/.test(await hover(program, line)));
      const [warning] = await until('a warning', () => warnings().length > 0 && warnings());
      assert.equal(warning?.range.start.line, line);
      assert.match(warning?.message ?? '', /1\.00 per request.*Held by module sessions\.js/);
      await editor.shotInThemes('leaks-line');
      await program.edit(edit => edit.insert(new vscode.Position(line, 0), '// more\n'));
      await until('the warning has moved', () => warnings()[0]?.range.start.line === line + 1);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('slowcatch.clearHints');
      await until('no warning', () => warnings().length === 0);
    },

    'the report is there again from the view, and as text': async editor => {
      await openKept(editor);
      await editor.text(row('Session'));
      await editor.click(row('Memory'));
      assert.match(await editor.webview.text('.sentence'), /1 leak found/);
      await editor.webview.click('text=Copy as text');
      const copied = await until('a text', async () => {
        const text = await vscode.env.clipboard.readText();
        return text.includes('Session') && text;
      });
      assert.match(copied, /per request +1\.00 objects/);
      await editor.shotInThemes('leaks-kept');
    },

    'where the oldest gives way the report says that it is cleared': async editor => {
      const port = await track(editor, 'keeps some');
      for (const snapshots of [1, 2, 3]) await epoch(editor, port, snapshots);
      const cleared = verdictRow('Session');
      await until(
        'a verdict',
        async () => (await editor.webview.text(cleared)).startsWith('Cleared'),
        BUSY_MILLISECONDS,
      );
      assert.match(await editor.webview.text('.sentence'), /^Nothing grows/);
      await editor.shot('leaks-cleared');
      await stop(editor);
    },
  },
};

export default suite;
