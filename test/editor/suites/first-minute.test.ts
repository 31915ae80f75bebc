/** What a new user meets, in the order of meeting it; the README's pictures are cut out of these. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, profile, STATUS } from '../host/capture.ts';
import type { Editor } from '../host/editor.ts';
import { BEHIND_LINES } from '../host/hints.ts';
import { recordings } from '../host/recordings.ts';
import { openSlowestOf, slowCount } from '../host/slow-operations.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const ROWS = '.pane-body [role="treeitem"]';
const FOLDED = `${ROWS}[aria-expanded="false"][aria-label^="Hot Paths"]`;
const WALKTHROUGH = 'slowcatch.slowcatch#start';
const STEPS = ['profile', 'hints', 'pictures', 'share'];
const RECORDED = /0:[1-5]\d|[1-9]:\d\d/;
/** On a quiet machine they are there within seconds. */
const FEWEST_SLOW = 5;
const BUSY_MILLISECONDS = 90_000;

async function alone(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('workbench.action.closePanel');
}

/** The recording that the tests share, opened; the first one makes it. */
async function openShop(editor: Editor): Promise<void> {
  const [known] = await recordings();
  if (!known) return await profileShop(editor);
  const entry = { id: path.basename(known.folder) };
  await vscode.commands.executeCommand('slowcatch.openRecording', { kind: 'entry', entry });
}

/** Profiles the shop under load: for ten seconds at least, in which its planted costs outweigh its start. */
async function profileShop(editor: Editor): Promise<void> {
  await profile(editor, 'shop + load');
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await until(
    'a planted mistake has shown',
    async () => (await slowCount(editor, 'POST /checkout')) >= FEWEST_SLOW,
    BUSY_MILLISECONDS,
  );
  await until('some seconds are recorded', async () => RECORDED.test((await editor.texts(STATUS)).join('')));
  await vscode.commands.executeCommand('slowcatch.stop');
  await becomesIdle(editor);
}

const suite: Suite = {
  workspace: ['shop'],
  services: true,
  settings: { 'editor.minimap.enabled': false },
  timeoutMilliseconds: 180_000,
  afterEach: endEverything,
  tests: {
    'the page of the extension shows its README, without pictures that no address leads to': async editor => {
      await vscode.commands.executeCommand('extension.open', 'slowcatch.slowcatch');
      await editor.webview.text('h1:has-text("Slowcatch")');
      assert.deepEqual(await editor.webview.texts('img'), []);
      await editor.shot('first-minute-extension');
      await alone();
    },

    'the walkthrough shows four steps with their pictures': async editor => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
      assert.equal((await editor.texts('.getting-started-step')).length, STEPS.length);
      for (const step of STEPS) {
        await editor.click(`.getting-started-step[data-step-id$="${step}"]`);
        await editor.webview.text('body:has(svg)');
        await editor.shotInThemes(`first-minute-${step}`);
      }
      await alone();
    },

    'the shop is profiled, and its hottest line opens': async editor => {
      await profileShop(editor);
      await alone();
      // A row that is drawn anew loses the click.
      await until('the hot paths are unfolded', async () => {
        const rows = await editor.texts(ROWS);
        if (rows.some(row => /% · \w+\.ts:/.test(row))) return true;
        if ((await editor.texts(FOLDED)).length > 0) await editor.click(FOLDED);
        return false;
      });
      await vscode.commands.executeCommand('slowcatch.hottestLine');
      await until('hints are shown', async () => (await editor.texts(BEHIND_LINES)).length > 0);
      await editor.hover(BEHIND_LINES);
      await until('the hover is complete', async () =>
        (await editor.texts('.monaco-hover')).some(text => /Hide hints/.test(text) && !/Loading/.test(text)),
      );
      await editor.shot('first-minute-hints');
      await alone();
    },

    'a slow request of it opens, with what it waited for': async editor => {
      await openShop(editor);
      await openSlowestOf(editor, 'POST /checkout');
      assert.match(await editor.webview.text('.sentence'), /It (waited|spent)/);
      await editor.shot('first-minute-operation');
      await alone();
    },

    'its flamegraph and its GC statistics open': async editor => {
      await openShop(editor);
      await vscode.commands.executeCommand('slowcatch.openFlamegraph');
      await editor.webview.text('body.painted header');
      await editor.shot('first-minute-flamegraph');
      await alone();
      await vscode.commands.executeCommand('slowcatch.openGcStatistics');
      await editor.webview.text('body:has(canvas)');
      await editor.shot('first-minute-gc');
      await alone();
    },
  },
};

export default suite;
