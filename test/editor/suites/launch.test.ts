import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  becomesIdle,
  endEverything,
  messages,
  profile,
  STATUS,
  told,
  underDebugger,
} from '../host/capture.ts';
import { DebugSessions } from '../host/debug-sessions.ts';
import type { Editor } from '../host/editor.ts';
import { problems } from '../host/problems.ts';
import { newRecording, type Recorded, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

/** Runs a configuration as a user does, until it has ended by itself and its recording is there. */
async function profileToEnd(editor: Editor, configuration: string): Promise<Recorded> {
  const before = await recordings();
  await editor.selectConfiguration(configuration);
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  const recording = await newRecording(before);
  assert.equal(recording.endedBy, 'program');
  await becomesIdle(editor);
  return recording;
}

const processes = ({ threads }: Recorded): number => new Set(threads.map(name => name.split('-')[0])).size;

/** The command, and what it tells the user. Nothing may be left behind. */
async function refused(editor: Editor, configuration: string, message: RegExp): Promise<void> {
  await editor.selectConfiguration(configuration);
  const done = vscode.commands.executeCommand('slowcatch.profileCurrent');
  await told(editor, message);
  await becomesIdle(editor);
  await vscode.commands.executeCommand('notifications.clearAll');
  await done;
  assert.deepEqual(
    (await recordings()).filter(({ state }) => state !== 'saved'),
    [],
  );
}

const configurations = (): readonly unknown[] =>
  vscode.workspace.getConfiguration('launch').get<readonly unknown[]>('configurations', []);

const suite: Suite = {
  workspace: ['launch'],
  settings: { 'debug.onTaskErrors': 'abort' },
  afterEach: endEverything,
  tests: {
    'a program that ends by itself is recorded, and its envFile counts': async editor => {
      const recording = await profileToEnd(editor, 'ends');
      assert.equal(recording.name, 'ends');
      assert.equal(recording.threads.length, 1);
      assert.match(await editor.text('.repl .monaco-list-rows'), /NODE_OPTIONS of the file: true/);
    },

    'a program that goes on is stopped with the recording': async editor => {
      const before = await recordings();
      const sessions = new DebugSessions();
      try {
        await profile(editor, 'waits');
        await editor.shot('capture-recording');
        await editor.click(STATUS);
        const recording = await newRecording(before);
        assert.equal(recording.endedBy, 'user');
        assert.deepEqual(recording.problems, []);
        await until(
          'its session has ended',
          () => sessions.started.length > 0 && sessions.running.length === 0,
        );
        await becomesIdle(editor);
        await editor.shot('capture-result');
      } finally {
        sessions.dispose();
      }
    },

    'a program in the integrated terminal is recorded': async editor => {
      assert.equal(processes(await profileToEnd(editor, 'terminal')), 1);
    },

    'a debug terminal is recorded': async editor => {
      const before = await recordings();
      await profile(editor, 'debug terminal');
      await vscode.commands.executeCommand('slowcatch.stop');
      assert.equal(processes(await newRecording(before)), 1);
    },

    'an npm script is recorded': async editor => {
      assert.equal(processes(await profileToEnd(editor, 'npm')), 1);
    },

    'worker threads and child processes are recorded': async editor => {
      const recording = await profileToEnd(editor, 'workers');
      assert.equal(processes(recording), 2);
      assert.equal(recording.threads.length, 4);
    },

    'the programs of a compound share one recording': async editor => {
      assert.equal(processes(await profileToEnd(editor, 'both')), 2);
    },

    'under the debugger, where the setting wants it, the times are said to be distorted': editor =>
      underDebugger(async () => {
        await profileToEnd(editor, 'ends');
        const told = await until('it is told', async () => {
          const found = await problems(editor);
          return found.find(problem => /debugger is attached/.test(problem));
        });
        assert.match(told, /process \d+/);
      }),

    'a configuration that is never debugged is recorded also where the setting wants the debugger': editor =>
      underDebugger(async () => {
        assert.equal(processes(await profileToEnd(editor, 'never debugged')), 1);
      }),

    'a second launch is refused while one is recorded': async editor => {
      await editor.selectConfiguration('waits');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      void vscode.commands.executeCommand('slowcatch.profileCurrent');
      await told(editor, /"waits" is being recorded already/);
    },

    'another debugger is refused with its type': editor =>
      refused(editor, 'browser', /"browser" is of type "pwa-chrome"; only Node\.js programs can be profiled/),

    'a configuration that attaches offers to attach': editor =>
      refused(
        editor,
        'attaches',
        /Attach to 127\.0\.0\.1:9339[\s\S]*"attaches" debugs a program that runs already/,
      ),

    'a task that fails before the program leaves nothing behind': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('task fails');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await becomesIdle(editor);
      assert.equal((await recordings()).length, before.length);
    },

    'a program that is not Node.js is told within seconds, and leaves nothing behind': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('not node');
      void vscode.commands.executeCommand('slowcatch.profileCurrent');
      await told(editor, /Attach to Running Process…[\s\S]*No Node\.js process of this program has reported/);
      await becomesIdle(editor);
      assert.equal((await messages(editor)).length, 1);
      assert.equal((await recordings()).length, before.length);
    },

    'without a launch configuration, an npm script is offered and recorded': async editor => {
      const before = await recordings();
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
      await rm(path.join(folder, '.vscode', 'launch.json'));
      await until('VS Code has noticed', () => configurations().length === 0);
      const done = vscode.commands.executeCommand('slowcatch.profileCurrent');
      assert.match(await editor.text('.quick-input-list .monaco-list-row'), /npm run start/);
      await editor.shot('capture-without-configuration');
      await editor.type('npm run burn');
      await editor.click('.quick-input-list .monaco-list-row:has-text("npm run burn")');
      await done;
      assert.equal((await newRecording(before)).name, 'npm run burn');
    },
  },
};

export default suite;
