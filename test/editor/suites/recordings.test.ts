/** Recordings that are there already: how they are listed, and what is shown of them. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { copyRecording, keepRecording, type Kept, nodeOf } from '../host/kept-recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const ROWS = '.pane-body .monaco-list-row';
const rows = (editor: Editor): Promise<readonly string[]> => editor.texts(ROWS);
const hasRow = (editor: Editor, text: RegExp): Promise<string> =>
  until(`a row with ${text}`, async () => (await rows(editor)).find(row => text.test(row)));

const program = (...words: readonly string[]): string[] => [path.join('src', 'main.js'), ...words];

/** A recording with two hot functions, of this workspace; made once, since a test may be tried again. */
let made: Promise<Kept> | undefined;
const busy = (): Promise<Kept> =>
  (made ??= keepRecording('busy', program('2500'), {
    minutesAgo: 3,
    manifest: { name: 'Launch Program' },
  }));

async function show(): Promise<void> {
  await vscode.commands.executeCommand('slowcatch.view.focus');
  await vscode.commands.executeCommand('slowcatch.refreshRecordings');
}

const open = (kept: Kept) => vscode.commands.executeCommand('slowcatch.openRecording', nodeOf(kept));

const remove = ({ folder }: Kept): Promise<void> => rm(folder, { recursive: true, force: true });

const suite: Suite = {
  workspace: ['orders'],
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'findings and functions show what and where at the default width': async editor => {
      const kept = await busy();
      const elsewhere = { name: 'Launch Program', cwd: '/home/me/billing-service' };
      const others = await Promise.all([
        copyRecording(kept, 'other', { minutesAgo: 1, manifest: elsewhere }),
        copyRecording(kept, 'pinned', {
          ...{ minutesAgo: 200, isPinned: true },
          manifest: { name: 'npm run start:production -- --port 8080' },
        }),
        copyRecording(kept, 'old', { minutesAgo: 3000, manifest: { ...elsewhere, name: 'tsx src/main.ts' } }),
      ]);
      await show();
      await open(kept);
      await hasRow(editor, /^similarity (burns )?\d+ % ?similarity\.js:2$/);
      await hasRow(editor, /^distri\S*( burns|…: CPU) \d+ % ?invoice…ller\.js:2$/);
      await editor.click(`${ROWS}:has-text("Hot Paths")`);
      await hasRow(editor, /^similarity ?\d+ % · similarity\.js:2/);
      await editor.click(`${ROWS}:has-text("Earlier recordings")`);
      await hasRow(editor, /^npm run/);
      const names = (await rows(editor)).filter(row => /^Launch|^npm|^tsx/.test(row));
      assert.match(names.join('\n'), /^Launch[^]*npm[^]*Launch[^]*billing-ser… · 1 min ago[^]*tsx/);
      await editor.click(`${ROWS}:has-text("similarity.js:2")`);
      await until('the finding is open', () => vscode.window.activeTextEditor?.selection.active.line === 1);
      await editor.shotInThemes('recordings');
      await editor.hover(`${ROWS}:has-text("billing-")`);
      await editor.text('.workbench-hover:has-text("/home/me/billing-service")');
      await editor.shot('recordings-tooltip');
      await Promise.all(others.map(remove));
    },

    'one that is being recorded elsewhere is told from one whose recorder died': async editor => {
      const kept = await busy();
      const live = { state: 'recording', stoppedAt: undefined, recorderPid: process.pid };
      const others = await Promise.all([
        copyRecording(kept, 'live', { manifest: { ...live, name: 'goes on' } }),
        copyRecording(kept, 'dead', { manifest: { ...live, recorderPid: 2 ** 22 + 1, name: 'was killed' } }),
      ]);
      await show();
      await hasRow(editor, /^goes on ?being recorded$/);
      await hasRow(editor, /^was killed ?just now · interrupted$/);
      await editor.shot('recordings-states');
      await Promise.all(others.map(remove));
    },

    'hidden hints are told, and a click shows them': async editor => {
      const settings = vscode.workspace.getConfiguration('slowcatch.hints');
      await settings.update('enabled', false, vscode.ConfigurationTarget.Global);
      await show();
      await open(await busy());
      await hasRow(editor, /^Hints are hidden ?Show$/);
      await editor.text('[role="treeitem"][aria-label^="Warning: similarity burns"][aria-label*="line 2"]');
      await editor.shot('recordings-hints-hidden');
      await editor.click(`${ROWS}:has-text("Hints are hidden")`);
      await until('the row is gone', async () => !(await rows(editor)).some(row => /hidden/.test(row)));
      assert.equal(vscode.workspace.getConfiguration('slowcatch.hints').get('enabled'), false);
      await settings.update('enabled', undefined, vscode.ConfigurationTarget.Global);
      await editor.hover('[id="slowcatch.slowcatch.slowcatch.status"]');
      await editor.text('.workbench-hover:has-text("Open recording: Launch Program, ")');
      await editor.shot('recordings-status');
    },

    'a program that waited is said to have waited': async editor => {
      const idle = await keepRecording('idle', program('1500', 'idle'), { manifest: { name: 'waits' } });
      await show();
      await open(idle);
      await hasRow(editor, /^\d+ % idle ?your program waited/);
      await hasRow(editor, /^Too short: only \d+ samples/);
      await editor.shot('recordings-idle');
      await remove(idle);
    },

    'of a damaged recording the rest is shown, with what is wrong': async editor => {
      const damaged = await copyRecording(await busy(), 'damaged', { manifest: { name: 'damaged' } });
      const [thread] = await vscode.workspace.fs
        .readDirectory(vscode.Uri.file(damaged.folder))
        .then(found => found.map(([name]) => name).filter(name => /^p\d+-t0$/.test(name)));
      await writeFile(path.join(damaged.folder, thread ?? '', 'cpu-000001.cpuprofile.gz'), 'no gzip');
      await show();
      await open(damaged);
      await editor.click(`${ROWS}:has-text("Problems")`);
      await hasRow(editor, /damaged|cut off|cannot be read/);
      await editor.shot('recordings-damaged');
      await remove(damaged);
    },

    'recordings are renamed and deleted by keyboard': async editor => {
      const kept = await copyRecording(await busy(), 'keyboard', { manifest: { name: 'by keyboard' } });
      await show();
      await hasRow(editor, /^by keyboard/);
      // Its row is focused, another one selected.
      await editor.click(`${ROWS}:has-text("Recordings")`);
      await editor.click(`${ROWS}:has-text("Recordings")`);
      await hasRow(editor, /^by keyboard/);
      await editor.press('ArrowDown');
      await editor.text(`${ROWS}.focused:has-text("by keyboard")`);
      await editor.press('F2');
      await editor.text('.quick-input-widget:has-text("Rename Recording")');
      await editor.type('renamed');
      await editor.press('Enter');
      await hasRow(editor, /^renamed/);
      await hasRow(editor, /^Launch Program/);
      await editor.press('Delete');
      // Under test VS Code refuses to ask; the refusal has the question in it.
      // The list of notifications takes the focus from the row.
      await until('a notification', async () => (await editor.texts('.codicon-bell-dot')).length > 0);
      await vscode.commands.executeCommand('notifications.showList');
      await until('the question', async () => {
        const texts = await editor.texts('.notifications-center .notification-list-item');
        return texts.some(text => text.includes('Delete the recording "renamed"?'));
      });
      await remove(kept);
    },
  },
};

export default suite;
