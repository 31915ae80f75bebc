/** Slow operations of a server that goes on: in a watch recording, and under the debugger. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, recordingBegins, STATUS, underDebugger } from '../host/capture.ts';
import { DebugSessions } from '../host/debug-sessions.ts';
import type { Editor } from '../host/editor.ts';
import { problems } from '../host/problems.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import { openSlowestOf, row, routeRow, slowCount } from '../host/slow-operations.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const CONFIGURATION = 'goes on';
const BUSY_MILLISECONDS = 60_000;

/** All that is slow by itself has been so at least once. */
async function areSlow(editor: Editor): Promise<void> {
  await vscode.commands.executeCommand('slowcatch.view.focus');
  for (const route of ['GET /orders', 'GET /report', 'GET /files'])
    await until(`${route} is slow`, async () => (await slowCount(editor, route)) > 0, BUSY_MILLISECONDS);
}

async function isSavedWithOperations(editor: Editor): Promise<void> {
  await editor.text(row('What we found'));
  for (const route of ['GET /orders', 'GET /report', 'GET /files']) await editor.text(routeRow(route));
}

const suite: Suite = {
  workspace: ['slow'],
  timeoutMilliseconds: 180_000,
  afterEach: async editor => {
    await endEverything(editor);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },
  tests: {
    'a watch recording is started, looked at while it goes on, and stopped, by the editor': async editor => {
      const before = await recordings();
      await editor.selectConfiguration(CONFIGURATION);
      const asked = vscode.commands.executeCommand('slowcatch.watchSlowOperations');
      await editor.click('.quick-input-list :text("Start the current launch configuration")');
      await recordingBegins(editor);
      await areSlow(editor);
      await editor.shotInThemes('watch-live');

      await openSlowestOf(editor, 'GET /report');
      assert.match(await editor.webview.text('.sentence'), /on the CPU|event loop|busy/);
      await editor.shot('watch-live-operation');

      const counted = await slowCount(editor, 'GET /orders');
      await until('it goes on', async () => (await slowCount(editor, 'GET /orders')) > counted);
      await editor.click(STATUS);
      const recording = await newRecording(before);
      await asked;
      assert.deepEqual([recording.kind, recording.endedBy], ['watch', 'user']);
      await becomesIdle(editor);
      await isSavedWithOperations(editor);
      await editor.shotInThemes('watch-result');
      await openSlowestOf(editor, 'GET /report');
      await editor.webview.click('button:has-text("Flamegraph of all")');
      await editor.webview.click('#tab-table');
      assert.match(await editor.webview.text('tbody'), /rankProducts/);
      await editor.shot('watch-flamegraph');
    },

    'slow requests of a running debug session are kept, and it goes on afterwards': async editor => {
      const before = await recordings();
      await editor.selectConfiguration(CONFIGURATION);
      await vscode.commands.executeCommand('workbench.action.debug.start');
      await until('the debugger is attached', () => vscode.debug.activeDebugSession?.parentSession);
      await vscode.commands.executeCommand('slowcatch.profileDebugSession');
      await recordingBegins(editor);
      await areSlow(editor);
      await editor.shot('debugged-live');
      await vscode.commands.executeCommand('slowcatch.stop');
      await newRecording(before);
      assert.ok(vscode.debug.activeDebugSession);
      await isSavedWithOperations(editor);
      await openSlowestOf(editor, 'GET /report');
      assert.match(await editor.webview.text('.items'), /rank\.js:\d+/);
      await editor.shot('debugged-operation');
    },

    'slow requests of a program that is profiled under the debugger are kept, and that it distorts times is told':
      editor =>
        underDebugger(async () => {
          const before = await recordings();
          const sessions = new DebugSessions();
          await editor.selectConfiguration(CONFIGURATION);
          await vscode.commands.executeCommand('slowcatch.profileCurrent');
          await recordingBegins(editor);
          await areSlow(editor);
          await vscode.commands.executeCommand('slowcatch.stop');
          await newRecording(before);
          await until('its session has ended', () => sessions.running.length === 0);
          sessions.dispose();
          await isSavedWithOperations(editor);
          assert.ok((await problems(editor)).some(problem => /debugger is attached/.test(problem)));
        }),
  },
};

export default suite;
