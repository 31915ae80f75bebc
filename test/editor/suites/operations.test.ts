import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { BEHIND_LINES, hover } from '../host/hints.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import { openSlowestOf, row, ROWS, routeRow, slowCount, unfold } from '../host/slow-operations.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

/** Runs a configuration until its recording is saved and shown. */
async function record(editor: Editor, configuration: string): Promise<Recorded> {
  const before = await recordings();
  await editor.selectConfiguration(configuration);
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  const recording = await newRecording(before);
  await editor.text(row('What we found'));
  await vscode.commands.executeCommand('workbench.action.closePanel');
  return recording;
}

/** The recording of the program whose routes are slow, which the tests share; the first one makes it. */
async function slowOnes(editor: Editor): Promise<Recorded> {
  const known = (await recordings()).find(({ state, name }) => state === 'saved' && name === 'serves');
  const recording = known ?? (await record(editor, 'serves'));
  await vscode.commands.executeCommand('slowcatch.openRecording', {
    ...{ kind: 'entry', entry: { id: path.basename(recording.folder), name: recording.name } },
  });
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await editor.text(row('Slow operations'));
  return recording;
}

/** The slowest kept one of a route, in the panel. */
async function openSlowest(editor: Editor, route: string): Promise<void> {
  await slowOnes(editor);
  await openSlowestOf(editor, route);
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
      const slow = (): Promise<number> => slowCount(editor, 'GET /orders');
      const first = await until('slow ones', async () => (await slow()) || undefined, 60_000);
      await editor.shot('operations-live');
      await until('more slow ones', async () => (await slow()) > first, 60_000);
      await capturing;
      await newRecording(before);
      await editor.text(row('What we found'));
      await vscode.commands.executeCommand('workbench.action.closePanel');
      const found = await editor.texts(ROWS);
      assert.ok(
        found.some(text => /^Slow operations ?> 100 ms/.test(text)),
        found.join('|'),
      );
      for (const route of ['GET /orders', 'GET /report', 'GET /files'])
        assert.ok(
          found.some(text => text.startsWith(route)),
          found.join('|'),
        );
      await unfold(editor, 'GET /orders');
      await editor.shotInThemes('operations-tree');
    },

    'an operation opens in the panel, which draws it in every theme': async editor => {
      await openSlowest(editor, 'GET /report');
      assert.match(await editor.webview.text('.duration'), /^[\d.]+ (ms|s)$/);
      assert.match(await editor.webview.text('.sentence'), /on the CPU/);
      assert.match(await editor.webview.text('.items'), /rank\.js:\d+/);
      assert.match(await editor.webview.text('.steps'), /1 of \d+/);
      await editor.webview.hover('.track');
      await editor.webview.text('.balloon');
      await editor.shotInThemes('operation-panel');
    },

    'one panel shows one operation after the other, and steps through those of a route': async editor => {
      await openSlowest(editor, 'GET /report');
      const first = await editor.webview.text('.duration');
      await editor.webview.click('button[aria-label="Next faster operation"]');
      await editor.webview.text('.steps:has-text("2 of")');
      await editor.press(',');
      await editor.webview.text('.steps:has-text("1 of")');
      assert.equal(await editor.webview.text('.duration'), first);
      await openSlowest(editor, 'GET /orders');
      await until('one panel, with its name', () => {
        const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
        return tabs.length === 1 && tabs[0]?.label === 'GET /orders';
      });
      await editor.shot('operation-panel-waits');
    },

    'lines of the panel open in an editor, where a hint names the route': async editor => {
      await openSlowest(editor, 'GET /report');
      await editor.webview.click('.items .place');
      await until('the file', () => vscode.window.activeTextEditor?.document.fileName.endsWith('rank.js'));
      const program = vscode.window.activeTextEditor!;
      const named = await until('a hint', async () => {
        const text = await hover(program, program.selection.active.line);
        return text.includes('openOperation') && text;
      });
      assert.match(named, /GET \\\/report.*command:slowcatch\.openOperation/);
      await until('a hint', async () => (await editor.texts(BEHIND_LINES)).length > 0);
      await editor.shot('operation-hint');
    },

    'flamegraphs of one operation and of all of its route have only what ran in them': async editor => {
      await openSlowest(editor, 'GET /report');
      await editor.webview.click('button:has-text("Flamegraph of all")');
      await until('a flamegraph', () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Flamegraph: GET /report'),
      );
      await editor.webview.click('#tab-table');
      assert.match(await editor.webview.text('tbody'), /rankProducts/);
    },

    'an operation is copied as text': async editor => {
      await openSlowest(editor, 'GET /report');
      await editor.webview.click('text=Copy as text');
      const copied = await until('a text', async () => {
        const text = await vscode.env.clipboard.readText();
        return text.startsWith('GET /report') && text;
      });
      assert.match(copied, /\n {2}CPU +\d+ ms +\d+ %/);
    },

    'the same operation is there again after the panel was hidden': async editor => {
      await openSlowest(editor, 'GET /report');
      await editor.webview.click('button[aria-label="Next faster operation"]');
      await editor.webview.text('.steps:has-text("2 of")');
      await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await editor.webview.text('.steps:has-text("2 of")');
    },

    'where all were fast the view says so, with the slowest for context': async editor => {
      await record(editor, 'fast');
      assert.match(await editor.text(row('stayed below 100 ms')), /All \d+ stayed|The one operation/);
      await editor.text(routeRow('GET /ping'));
      await editor.shot('operations-all-fast');
    },

    'where nothing is served the view says what to do': async editor => {
      await record(editor, 'silent');
      assert.match(await editor.text(row('No operations')), /watch a function/);
      await editor.shot('operations-none');
    },

    'the picker of programs says what can be followed, and a watch recording can be begun there':
      async editor => {
        const program = spawn('node', ['server.js', '20000'], {
          ...{ cwd: vscode.workspace.workspaceFolders![0]!.uri.fsPath, stdio: 'ignore' },
        });
        try {
          const watching = vscode.commands.executeCommand('slowcatch.watchSlowOperations');
          await editor.text('.quick-input-widget :text("It may run for hours"), .quick-input-widget');
          await editor.text('.quick-input-list :text("Attach to a running")');
          await editor.shot('operations-watch');
          await editor.click('.quick-input-list :text("Attach to a running")');
          await editor.text('.quick-input-list :text("server.js 20000")');
          assert.match(await editor.text('.quick-input-title'), /kept from now on/);
          await editor.shot('operations-attach');
          await editor.press('Escape');
          await watching;
        } finally {
          program.kill();
        }
      },

    'an operation of a recording that is gone says so': async editor => {
      await vscode.commands.executeCommand('slowcatch.openOperation', {
        id: 'gone',
        key: 'p1-t0:1',
        name: 'x',
      });
      assert.match(await editor.webview.text('[role=alert]'), /does not exist any more/);
    },
  },
};

export default suite;
