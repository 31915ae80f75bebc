import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { openHints, programUri } from '../host/hints.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

/** The page says so itself when the flamegraph is on the screen. */
const PAINTED = 'body.painted header';

async function openFlamegraph(editor: Editor): Promise<void> {
  await openHints(editor);
  await vscode.commands.executeCommand('slowcatch.openFlamegraph');
  await editor.webview.text(PAINTED);
}

const suite: Suite = {
  workspace: ['launch'],
  settings: { 'slowcatch.hints.enabled': true },
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'the open recording is drawn, in every theme': async editor => {
      await openFlamegraph(editor);
      assert.match(await editor.webview.text('.toolbar'), /CPU time/);
      await editor.shotInThemes('flame');
    },

    'functions stand in a table too, from which their lines are opened': async editor => {
      await openFlamegraph(editor);
      await editor.webview.click('#tab-table');
      assert.match(await editor.webview.text('tbody tr:has-text("burn")'), /burn\.js:\d+/);
      await editor.shotInThemes('flame-table');
      await editor.webview.click('tbody tr:has-text("burn.js") .place button');
      await until(
        'its line is shown',
        () => vscode.window.activeTextEditor?.document.uri.fsPath === programUri().fsPath,
      );
    },
  },
};

export default suite;
