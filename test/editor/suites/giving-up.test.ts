/** The user changes their mind while VS Code is still at work on a launch. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, messages, profile, STATUS } from '../host/capture.ts';
import { DebugSessions } from '../host/debug-sessions.ts';
import type { Editor } from '../host/editor.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const folder = (): vscode.WorkspaceFolder | undefined => vscode.workspace.workspaceFolders?.[0];
const gate = (): string => path.join(folder()?.uri.fsPath ?? '', 'open');

/** Profiles the configuration whose task waits for a gate, which stays shut; answers what ends with the command. */
async function profileBehindTask(editor: Editor): Promise<{ readonly done: Thenable<unknown> }> {
  await editor.selectConfiguration('waits for a task');
  const done = vscode.commands.executeCommand('slowcatch.profileCurrent');
  await until('the task runs', () => vscode.tasks.taskExecutions.length > 0);
  return { done };
}

const giveUp = async (editor: Editor): Promise<void> => {
  assert.match(await editor.text(STATUS), /Starting/);
  await editor.click(STATUS);
  await becomesIdle(editor);
};

const openGate = (): Promise<void> => writeFile(gate(), '');

async function withSessions(test: (sessions: DebugSessions) => Promise<void>): Promise<void> {
  const sessions = new DebugSessions();
  try {
    await test(sessions);
  } finally {
    sessions.dispose();
  }
}

const rootsOf = ({ started }: DebugSessions) => started.filter(({ parentSession }) => !parentSession);

/** Whether a session of this name has come up without a recording. */
const isPlain = (sessions: DebugSessions, name: string): boolean =>
  rootsOf(sessions).some(
    session => session.name === name && session.configuration['__slowcatch'] === undefined,
  );

const suite: Suite = {
  workspace: ['launch'],
  afterEach: async editor => {
    await endEverything(editor);
    for (const execution of vscode.tasks.taskExecutions) execution.terminate();
    await rm(gate(), { force: true });
  },
  tests: {
    'after giving up while a task runs nothing is recorded: neither that launch nor an ordinary run':
      editor =>
        withSessions(async sessions => {
          const { done } = await profileBehindTask(editor);
          await giveUp(editor);
          await editor.selectConfiguration('ends');
          await vscode.commands.executeCommand('workbench.action.debug.run');
          await until('the ordinary run begins', () => isPlain(sessions, 'ends'));
          await openGate();
          await done;
          await until('the launch goes on as an ordinary one', () => isPlain(sessions, 'waits for a task'));
          assert.deepEqual(await recordings(), []);
          assert.deepEqual(await messages(editor), []);
        }),

    'a launch that was given up does not disturb the next one': editor =>
      withSessions(async sessions => {
        const before = await recordings();
        const { done } = await profileBehindTask(editor);
        await giveUp(editor);
        await profile(editor, 'waits');
        await openGate();
        await done;
        await until('the first launch goes on', () => isPlain(sessions, 'waits for a task'));
        await vscode.commands.executeCommand('slowcatch.stop');
        const recording = await newRecording(before);
        assert.equal(recording.name, 'waits');
        assert.equal(recording.threads.length, 1);
      }),

    'what is debugged while a launch is prepared is left alone': editor =>
      withSessions(async sessions => {
        const before = await recordings();
        const { done } = await profileBehindTask(editor);
        await vscode.debug.startDebugging(folder(), 'ends');
        await until('it is debugged', () => isPlain(sessions, 'ends'));
        await openGate();
        await done;
        const recording = await newRecording(before);
        assert.equal(recording.name, 'waits for a task');
        assert.equal(recording.threads.length, 1);
      }),

    'giving up while no process has reported yet says nothing and leaves nothing behind': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('not node');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await giveUp(editor);
      assert.deepEqual(await messages(editor), []);
      assert.deepEqual(await recordings(), before);
    },
  },
};

export default suite;
