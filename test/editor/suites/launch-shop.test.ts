import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { endEverything, recordingBegins } from '../host/capture.ts';
import type { Editor } from '../host/editor.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

async function address(): Promise<string> {
  const port = /PORT=(\d+)/.exec(await readFile(path.join(folder(), '.env'), 'utf8'))?.[1];
  return `http://127.0.0.1:${port}`;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    response => response.ok,
    () => false,
  );

/** Runs a configuration of the shop until it has answered, and stops it with the recording. */
async function profileShop(editor: Editor, configuration: string): Promise<Recorded> {
  const before = await recordings();
  const shop = await address();
  await editor.selectConfiguration(configuration);
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  await until('the shop answers', () => answers(`${shop}/health`));
  await recordingBegins(editor);
  await vscode.commands.executeCommand('slowcatch.stop');
  const recording = await newRecording(before);
  assert.equal(recording.endedBy, 'user');
  assert.deepEqual(recording.problems, []);
  await until('the shop has ended', async () => !(await answers(`${shop}/health`)));
  return recording;
}

const processes = ({ threads }: Recorded): number => new Set(threads.map(name => name.split('-')[0])).size;

const suite: Suite = {
  workspace: ['shop'],
  timeoutMilliseconds: 90_000,
  afterEach: endEverything,
  tests: {
    'the shop is recorded': async editor => {
      assert.equal(processes(await profileShop(editor, 'shop')), 1);
    },

    'the shop is recorded behind npm': async editor => {
      assert.equal(processes(await profileShop(editor, 'shop (npm start)')), 1);
    },

    'the shop is recorded behind tsx': async editor => {
      assert.equal(processes(await profileShop(editor, 'shop (tsx)')), 1);
    },

    'the shop and its load share a recording': async editor => {
      assert.equal(processes(await profileShop(editor, 'shop + load')), 2);
    },
  },
};

export default suite;
