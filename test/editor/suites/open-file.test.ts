/** Without a launch configuration, what is open is offered. The sample has tsx among its packages. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, messages } from '../host/capture.ts';
import type { Editor } from '../host/editor.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const isWithoutConfiguration = (): boolean =>
  vscode.workspace.getConfiguration('launch').get<readonly unknown[]>('configurations', []).length === 0;

/** Burns CPU for a second. */
const BURN = `const end = Date.now() + 1000; let sum = 0;
while (Date.now() < end) for (let i = 0; i < 100_000; i++) sum += Math.sqrt(i);
`;

/** Opens a new file, and the picker. */
async function openPicker(
  editor: Editor,
  name: string,
  text: string,
): Promise<{ readonly done: Thenable<unknown> }> {
  await rm(path.join(folder(), '.vscode', 'launch.json'), { force: true });
  await until('VS Code has noticed', isWithoutConfiguration);
  const file = path.join(folder(), name);
  await writeFile(file, text);
  await vscode.window.showTextDocument(vscode.Uri.file(file));
  const done = vscode.commands.executeCommand('slowcatch.profileCurrent');
  await editor.text('.quick-input-list .monaco-list-row');
  return { done };
}

async function profileFile(editor: Editor, name: string, text: string, line: RegExp): Promise<Recorded> {
  const before = await recordings();
  const { done } = await openPicker(editor, name, text);
  assert.match(await editor.text('.quick-input-list .monaco-list-row'), line);
  await editor.shot(`capture-open-file-${path.extname(name).slice(1)}`);
  await editor.press('Enter');
  await done;
  const recording = await newRecording(before);
  await becomesIdle(editor);
  return recording;
}

const suite: Suite = {
  workspace: ['shop'],
  afterEach: endEverything,
  tests: {
    'a JavaScript file is run by Node': async editor => {
      const { name, threads } = await profileFile(editor, 'burn.mjs', BURN, /^burn\.mjs\s?node burn\.mjs/);
      assert.equal(name, 'burn.mjs');
      assert.equal(threads.length, 1);
    },

    'a TypeScript file is run by the tsx of the workspace': async editor => {
      const text = `${BURN}enum Unit { Second }\nconsole.log(Unit.Second, sum satisfies number);\n`;
      const recording = await profileFile(editor, 'burn.mts', text, /^burn\.mts\s?tsx burn\.mts/);
      assert.ok(recording.threads.length > 0);
    },

    'a picker that is cancelled starts nothing and says nothing': async editor => {
      const before = await recordings();
      const { done } = await openPicker(editor, 'burn.mjs', BURN);
      await editor.press('Escape');
      await done;
      await becomesIdle(editor);
      assert.deepEqual(await messages(editor), []);
      assert.deepEqual(await recordings(), before);
    },
  },
};

export default suite;
