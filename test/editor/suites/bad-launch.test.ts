/** Launches that are wrong, or that nothing can report from: each says once what is the matter. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, messages, profile, recordingBegins, told } from '../host/capture.ts';
import { DebugSessions } from '../host/debug-sessions.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

const suite: Suite = {
  workspace: ['launch'],
  afterEach: endEverything,
  tests: {
    'a missing envFile is told once, and nothing is started': async editor => {
      const sessions = new DebugSessions();
      const before = await recordings();
      await editor.selectConfiguration('no envFile');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await told(editor, /environment file .*missing\.env of the launch configuration does not exist/);
      await becomesIdle(editor);
      assert.equal((await messages(editor)).length, 1);
      assert.deepEqual(sessions.started, []);
      assert.deepEqual(await recordings(), before);
      sessions.dispose();
    },

    'a program file that is missing ends the recording, and the editor is ready for the next':
      async editor => {
        await editor.selectConfiguration('no program');
        await vscode.commands.executeCommand('slowcatch.profileCurrent');
        await becomesIdle(editor);
        assert.match(await editor.text('.repl .monaco-list-rows'), /Cannot find module/);
        await editor.shot('capture-program-missing');
        await profile(editor, 'waits');
      },

    'a Node.js that is too old is told as such, and not followed by a guess': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('old Node');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await told(editor, /Process \d+ runs Node .*Slowcatch needs Node 20 or newer/);
      await becomesIdle(editor);
      const others = (await messages(editor)).filter(text => /has reported/.test(text));
      assert.deepEqual(others, []);
      assert.deepEqual(await recordings(), before);
    },

    'a member of a compound that attaches is told to be left alone, and the others are recorded':
      async editor => {
        const before = await recordings();
        await editor.selectConfiguration('attaches too');
        await vscode.commands.executeCommand('slowcatch.profileCurrent');
        await told(editor, /"attaches briefly" debugs a program that runs already/);
        assert.equal((await newRecording(before)).name, 'ends');
      },

    'a program that drops the agent is attached to with the button of the message, and goes on':
      async editor => {
        const before = await recordings();
        const sessions = new DebugSessions();
        await editor.selectConfiguration('drops the agent');
        await vscode.commands.executeCommand('slowcatch.profileCurrent');
        await told(editor, /the command sets NODE_OPTIONS itself[\s\S]*or attach to the running process\./);
        await editor.shot('capture-no-agent');
        await editor.click('.notifications-center .monaco-button:has-text("Attach to Running Process…")');
        await editor.click(`.quick-input-list .monaco-list-row:has-text("${folder()}")`);
        await recordingBegins(editor);
        await vscode.commands.executeCommand('slowcatch.stop');
        assert.equal((await newRecording(before)).threads.length, 1);
        assert.ok(sessions.running.length > 0);
        sessions.dispose();
      },

    'a watcher that starts its program again is one recording, and ends with it': async editor => {
      const sessions = new DebugSessions();
      const before = await recordings();
      const file = vscode.Uri.joinPath(vscode.Uri.file(folder()), 'burn.js');
      await profile(editor, 'watcher');
      const isRunning = async (count: number) =>
        (await recordings()).some(({ state, threads }) => state === 'recording' && threads.length >= count);
      await until('the program is recorded', () => isRunning(1));
      const first = (await recordings()).find(({ state }) => state === 'recording')?.threads.length ?? 0;
      await vscode.workspace.fs.writeFile(file, await vscode.workspace.fs.readFile(file));
      await until('the program was started again', () => isRunning(first + 1));
      await vscode.commands.executeCommand('slowcatch.stop');
      assert.deepEqual((await newRecording(before)).problems, []);
      await until('the watcher has ended', () => sessions.running.length === 0);
      sessions.dispose();
    },
  },
};

export default suite;
