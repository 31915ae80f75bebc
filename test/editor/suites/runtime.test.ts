import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const ROWS = '.pane-body .monaco-list-row';
const DRAWN = '.figures dd';

/** Records a program that allocates all the time. */
async function record(editor: Editor): Promise<Recorded> {
  const before = await recordings();
  await editor.selectConfiguration('allocates');
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  const recording = await newRecording(before);
  await editor.text(`${ROWS}:has-text("What we found")`);
  return recording;
}

/** The recording that the tests share; the first one makes it. */
async function recorded(editor: Editor): Promise<Recorded> {
  const known = (await recordings()).find(({ state }) => state === 'saved') ?? (await record(editor));
  const entry = { id: path.basename(known.folder), name: known.name };
  await vscode.commands.executeCommand('slowcatch.openRecording', { kind: 'entry', entry });
  return known;
}

/** Chooses the middle of the recording by keys alone. */
async function chooseRange(editor: Editor): Promise<string> {
  await editor.webview.click('.ruler .surface');
  const keys = [
    'Home',
    ...Array.from({ length: 3 }, () => 'PageDown'),
    ...Array.from({ length: 4 }, () => 'Shift+PageDown'),
  ];
  for (const key of keys) await editor.press(key);
  return await editor.webview.text('.kinds .group:has-text("Range")');
}

const suite: Suite = {
  workspace: ['launch'],
  settings: { 'slowcatch.hints.enabled': true },
  timeoutMilliseconds: 120_000,
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'a recording that goes on is followed live, and becomes a saved one when it ends': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('allocates');
      const capturing = vscode.commands.executeCommand('slowcatch.profileCurrent');
      await vscode.commands.executeCommand('slowcatch.view.focus');
      await editor.text(`${ROWS}:has-text("GC and runtime")`);
      await editor.click(`${ROWS}:has-text("GC and runtime")`);
      const collections = async (): Promise<number> =>
        Number((await editor.webview.text('.figures div:has-text("Collections") dd')).replaceAll(',', ''));
      await editor.webview.text('.length:has-text("live")');
      const first = await collections();
      await until('more collections', async () => (await collections()) > first);
      await editor.shot('runtime-live');
      await capturing;
      await newRecording(before);
      await editor.webview.text('.length:not(:has-text("live"))');
      assert.ok((await collections()) > first);
    },

    'the row of the open recording opens its statistics, in every theme': async editor => {
      await recorded(editor);
      await vscode.commands.executeCommand('slowcatch.view.focus');
      assert.match(await editor.text(`${ROWS}:has-text("GC and runtime")`), /GC [\d.]+ % · p95/);
      await editor.click(`${ROWS}:has-text("GC and runtime")`);
      await editor.webview.text(DRAWN);
      assert.match(await editor.webview.text('.sentence'), /GC|collect/i);
      assert.ok((await editor.webview.texts('.kinds tbody tr')).some(row => /Scavenge \d/.test(row)));
      assert.equal((await editor.webview.texts('.plot canvas')).length, 4);
      await vscode.commands.executeCommand('workbench.action.closePanel');
      await editor.shotInThemes('runtime');
    },

    'a range opens its hot lines, its flamegraph and a text': async editor => {
      const { folder } = await recorded(editor);
      await vscode.commands.executeCommand('slowcatch.openGcStatistics', {
        id: path.basename(folder),
        name: 'allocates',
      });
      await editor.webview.text(DRAWN);
      assert.match(await chooseRange(editor), /Range .* to .*/);
      await editor.shot('runtime-range');
      await editor.webview.click('text=Hot lines of this range');
      await editor.text(`${ROWS}:has-text("Show all")`);
      await editor.webview.click('text=Show as text');
      await until('a text', () => /Scavenge/.test(vscode.window.activeTextEditor?.document.getText() ?? ''));
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await editor.webview.click('text=Flamegraph of this range');
      await until('a flamegraph', () =>
        vscode.window.tabGroups.all.some(({ tabs }) =>
          tabs.some(({ label }) => label.startsWith('Flamegraph')),
        ),
      );
    },

    'what was chosen is there again after the view was hidden': async editor => {
      await recorded(editor);
      await vscode.commands.executeCommand('slowcatch.openGcStatistics');
      await editor.webview.text(DRAWN);
      const chosen = await chooseRange(editor);
      await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      assert.equal(await editor.webview.text('.kinds .group:has-text("Range")'), chosen);
    },

    'a recording that is gone says so where its charts would be': async editor => {
      await vscode.commands.executeCommand('slowcatch.openGcStatistics', { id: 'gone', name: 'gone' });
      assert.match(await editor.webview.text('[role=alert]'), /does not exist any more.*Refresh/);
      await editor.shot('runtime-gone');
    },
  },
};

export default suite;
