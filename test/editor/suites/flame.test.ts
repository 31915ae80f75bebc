import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { lineOf, openHints, programUri, showProgram } from '../host/hints.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

/** The page says so itself when the flamegraph is on the screen. */
const PAINTED = 'body.painted header';

async function openFlamegraph(editor: Editor): Promise<void> {
  await openHints(editor);
  await vscode.commands.executeCommand('slowcatch.openFlamegraph');
  await editor.webview.text(PAINTED);
}

/** Text inside speedscope, which is a frame within the view. */
const insideIncludes = async (editor: Editor, text: string): Promise<boolean> =>
  (await editor.webview.texts('iframe.speedscope >> internal:control=enter-frame >> body'))
    .join(' ')
    .includes(text);

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

    'a function of Hot Paths is shown with its callers and callees, also when the flamegraph is open':
      async editor => {
        await openFlamegraph(editor);
        await vscode.commands.executeCommand('slowcatch.focusFunction', {
          ...{
            file: programUri().fsPath,
            line: lineOf(await showProgram(), 'function burn') + 1,
            name: 'burn',
          },
        });
        await editor.webview.text(PAINTED);
        await until('the function is shown', () => insideIncludes(editor, 'Callees'));
        await editor.shot('flame-focus-in-editor');
      },

    'a function is chosen with the button of the toolbar': async editor => {
      await openFlamegraph(editor);
      await editor.webview.click('text=Focus on Function…');
      assert.match(await editor.text('.quick-input-list .monaco-list-row:has-text("burn")'), /burn\.js/);
      await editor.shot('flame-choose-function');
      await editor.type('burn');
      await editor.click('.quick-input-list .monaco-list-row:has-text("burn")');
      await until('the function is shown', () => insideIncludes(editor, 'Callees'));
    },

    'the order of time is another way of looking': async editor => {
      await openFlamegraph(editor);
      await editor.webview.select('select[aria-label="Order"]', 'time');
      await editor.webview.text('.notes:has-text("gaps are idle time")');
      await editor.webview.text(PAINTED);
      await editor.shot('flame-time-order');
    },

    'what was looked at is there again after another editor was in front': async editor => {
      await openFlamegraph(editor);
      await editor.webview.click('#tab-table');
      await editor.webview.click('th button:has-text("Total")');
      await showProgram();
      await until(
        'the view is hidden',
        async () => (await editor.texts('iframe.webview.ready')).length === 0,
      );
      await vscode.commands.executeCommand('slowcatch.openFlamegraph');
      await editor.webview.text('th[aria-sort="descending"]:has-text("Total")');
    },

    'it is exported by its button': async editor => {
      await openFlamegraph(editor);
      await editor.webview.click('text=Export…');
      assert.match(await editor.text('.quick-input-list .monaco-list-row'), /./);
      await editor.press('Escape');
    },
  },
};

export default suite;
