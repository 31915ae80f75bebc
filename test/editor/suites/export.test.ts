/** Slowcatch: Export…, as a user does it: a format, a name, and a file that others can open. */
import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { Editor } from '../host/editor.ts';
import { keepRecording, type Kept, nodeOf } from '../host/kept-recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

let made: Promise<Kept> | undefined;
const busy = (): Promise<Kept> =>
  (made ??= keepRecording('busy', [path.join('src', 'main.js'), '1500'], {
    manifest: { name: 'Launch Program' },
  }));

const workspace = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

/** Waits for a message in the notification center: toasts are not shown to a test driver. */
async function message(editor: Editor, text: string): Promise<void> {
  await until(`the message "${text}"`, async () => {
    await vscode.commands.executeCommand('notifications.showList');
    const texts = await editor.texts('.notifications-center .notification-list-item');
    return texts.some(each => each.includes(text));
  });
}

const DIALOG = '.quick-input-widget:has-text("Export busy")';

/** Takes the name that stands in the dialog, which ignores keys while it looks at folders. */
const take = (editor: Editor): Promise<unknown> =>
  until('the name is taken', async () => {
    if ((await editor.texts(DIALOG)).length === 0) return true;
    await editor.press('Enter');
    return false;
  });

async function choose(editor: Editor, format: string): Promise<void> {
  await editor.text('.quick-input-widget:has-text("go tool pprof")');
  await editor.type(format);
  await editor.text(`.quick-input-list .monaco-list-row.focused:has-text("${format}")`);
  await editor.press('Enter');
}

/** Chooses a format, takes the proposed name, and answers the bytes of the file. */
async function exported(editor: Editor, format: string, file: string): Promise<Buffer> {
  const done = vscode.commands.executeCommand('slowcatch.export', nodeOf(await busy()));
  await choose(editor, format);
  await editor.text(DIALOG);
  await take(editor);
  await done;
  await message(editor, `Exported to ${file}.`);
  return readFile(path.join(workspace(), file));
}

const suite: Suite = {
  workspace: ['orders'],
  afterEach: async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
    for (const name of await readdir(workspace()))
      if (name.startsWith('busy')) await rm(path.join(workspace(), name));
  },
  tests: {
    'the picker says what each format is for': async editor => {
      const done = vscode.commands.executeCommand('slowcatch.export', nodeOf(await busy()));
      await editor.text('.quick-input-widget:has-text("go tool pprof")');
      await editor.shotInThemes('export-formats');
      await editor.press('Escape');
      await done;
    },

    'a recording becomes a pprof file, with a word about it, and nothing of this machine': async editor => {
      const bytes = await exported(editor, 'pprof', 'busy.pb.gz');
      await editor.shot('export-done');
      const text = gunzipSync(bytes).toString('latin1');
      assert.match(text, /similarity/);
      assert.match(text, /src\/similarity\.js/);
      for (const secret of [workspace(), os.homedir()]) assert.ok(!text.includes(secret));
    },

    'the export can be opened from the message': async editor => {
      await exported(editor, 'markdown', 'busy.md');
      await editor.click('.notifications-center .monaco-button:has-text("Open")');
      await until('the report is open', () =>
        vscode.window.activeTextEditor?.document.fileName.endsWith('busy.md'),
      );
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^# [^]*similarity/);
    },

    'absolute paths stay where the setting says so': async editor => {
      const settings = vscode.workspace.getConfiguration('slowcatch.export');
      await settings.update('relativePaths', false, vscode.ConfigurationTarget.Global);
      try {
        const text = String(await exported(editor, 'folded', 'busy.folded.txt'));
        assert.ok(text.includes(path.join(workspace(), 'src', 'similarity.js')));
      } finally {
        await settings.update('relativePaths', undefined, vscode.ConfigurationTarget.Global);
      }
    },

    'a file that cannot be written is said to be so': async editor => {
      const target = nodeOf(await busy());
      const done = vscode.commands.executeCommand('slowcatch.export', target);
      await choose(editor, 'speedscope');
      // Until it has looked at the folder, it puts its own name there.
      await editor.text(`${DIALOG} .monaco-list-row:has-text("src")`);
      await editor.press('Control+A');
      await editor.insert('/proc/x.json');
      await take(editor);
      await done;
      await message(editor, 'The file /proc/x.json cannot be written');
      await editor.shot('export-refused');
    },
  },
};

export default suite;
