/** The background process ends unexpectedly. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, messages, profile, STATUS, told } from '../host/capture.ts';
import { DebugSessions } from '../host/debug-sessions.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const MESSAGE = /ended unexpectedly and was started again; what was recorded until then is kept/;

/** The test runs in the extension host: the server is a child of its own. */
const serverPid = (): number =>
  Number(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'server.cjs'], { encoding: 'utf8' }));

const suite: Suite = {
  workspace: ['launch'],
  afterEach: endEverything,
  tests: {
    'the user is told of every crash during a recording, and the next launch is recorded': async editor => {
      for (const _crash of ['first', 'second']) {
        await profile(editor, 'waits');
        process.kill(serverPid(), 'SIGKILL');
        await told(editor, MESSAGE);
        await becomesIdle(editor);
        await endEverything(editor);
      }
      const before = await recordings();
      await editor.selectConfiguration('ends');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await newRecording(before);
    },

    'a crash while a recording is saved ends the programs all the same, and is told once': async editor => {
      const sessions = new DebugSessions();
      await profile(editor, 'waits');
      const pid = serverPid();
      process.kill(pid, 'SIGSTOP');
      const stopped = vscode.commands.executeCommand('slowcatch.stop');
      await until('it is being saved', async () => /Saving/.test((await editor.texts(STATUS)).join('')));
      process.kill(pid, 'SIGKILL');
      await stopped;
      await told(editor, MESSAGE);
      await becomesIdle(editor);
      assert.deepEqual(
        (await messages(editor)).filter(text => !MESSAGE.test(text)),
        [],
      );
      await until('the program has ended', () => sessions.running.length === 0);
      sessions.dispose();
    },
  },
};

export default suite;
