import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { endEverything, recordingBegins } from '../host/capture.ts';
import type { Editor } from '../host/editor.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const ROWS = '.pane-body .monaco-list-row';

/** Runs a configuration until its recording is saved and shown. */
async function record(editor: Editor, configuration: string): Promise<Recorded> {
  const before = await recordings();
  await editor.selectConfiguration(configuration);
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  const recording = await newRecording(before);
  await editor.text(`${ROWS}:has-text("What we found")`);
  return recording;
}

/** The recording of the program whose routes are slow, which the tests share; the first one makes it. */
async function slowOnes(editor: Editor): Promise<Recorded> {
  const known =
    (await recordings()).find(({ state, name }) => state === 'saved' && name === 'serves') ??
    (await record(editor, 'serves'));
  const entry = { id: path.basename(known.folder), name: known.name };
  await vscode.commands.executeCommand('slowcatch.openRecording', { kind: 'entry', entry });
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await editor.text(`${ROWS}:has-text("Slow operations")`);
  return known;
}

const rows = (editor: Editor): Promise<readonly string[]> => editor.texts(ROWS);

async function unfold(editor: Editor, row: string): Promise<void> {
  await editor.click(`${ROWS}:has-text("${row}")`);
}

/** The slowest kept one of a route, in the panel. */
async function openSlowest(editor: Editor, route: string): Promise<void> {
  await slowOnes(editor);
  const isOpen = (await rows(editor)).some(row => /^\d+ ms/.test(row));
  if (!isOpen) await unfold(editor, route);
  await editor
    .click(`${ROWS}:has-text(" ms"):right-of(:text("Slow operations")) >> nth=0`)
    .catch(() => undefined);
}

const suite: Suite = {
  workspace: ['slow'],
  settings: { 'slowcatch.hints.enabled': true },
  timeoutMilliseconds: 120_000,
  afterEach: async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'slow operations are listed by route while they are recorded, and stay when it is over': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('serves');
      const capturing = vscode.commands.executeCommand('slowcatch.profileCurrent');
      await vscode.commands.executeCommand('slowcatch.view.focus');
      await editor.text(`${ROWS}:has-text("GET /orders")`);
      const slow = async (): Promise<number> =>
        Number(/· (\d+) slow/.exec(await editor.text(`${ROWS}:has-text("GET /orders")`))?.[1]);
      const first = await slow();
      await until('more slow ones', async () => (await slow()) > first);
      await editor.shot('operations-live');
      await capturing;
      await newRecording(before);
      await editor.text(`${ROWS}:has-text("What we found")`);
      await vscode.commands.executeCommand('workbench.action.closePanel');
      assert.ok((await slow()) > first);
      const found = await rows(editor);
      assert.ok(
        found.some(row => /Slow operations > 100 ms/.test(row)),
        found.join('|'),
      );
      for (const route of ['GET /orders', 'GET /report', 'GET /files'])
        assert.ok(
          found.some(row => row.startsWith(route)),
          `${route}: ${found.join('|')}`,
        );
      assert.ok(!found.some(row => row.startsWith('GET /ping')));
      await editor.shotInThemes('operations-tree');
    },
  },
};

export default suite;
void [endEverything, recordingBegins, openSlowest];
