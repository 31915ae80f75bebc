import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { becomesIdle, endEverything, isIdle, recordingBegins, told } from '../host/capture.ts';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const running = new Set<ChildProcess>();

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

/** A program outside the editor that burns some CPU and goes on; answers where its inspector listens. */
async function startProgram(...flags: readonly string[]): Promise<{ child: ChildProcess; address: string }> {
  const program = ['burn.js', '20000', 'wait'];
  const child = spawn('node', [...flags, ...program], { cwd: folder(), stdio: ['ignore', 'ignore', 'pipe'] });
  running.add(child);
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  if (!flags.some(flag => flag.startsWith('--inspect='))) return { child, address: '' };
  return { child, address: await until('the inspector listens', () => /ws:\/\/([^/]+)/.exec(text)?.[1]) };
}

const suite: Suite = {
  workspace: ['launch'],
  afterEach: async editor => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
    await endEverything(editor);
  },
  tests: {
    'a running process is picked, recorded, and goes on afterwards': async editor => {
      const before = await recordings();
      // Not Node's usual port: other tests attach at the same time.
      const { child } = await startProgram('--inspect-port=0');
      void vscode.commands.executeCommand('slowcatch.attach');
      const line = await editor.text(`.quick-input-list .monaco-list-row:has-text("${child.pid}")`);
      assert.match(line, /burn\.js 20000 wait/);
      const lines = await editor.texts('.quick-input-list .monaco-list-row');
      assert.match(lines[0] ?? '', /burn\.js 20000 wait[^]*In this workspace/);
      // Another editor's helpers may be there; of this workspace there is the program alone.
      assert.equal(lines.filter(line => line.includes(folder())).length, 1);
      await editor.shot('attach-picker');
      await editor.type(String(child.pid));
      await editor.click(`.quick-input-list .monaco-list-row:has-text("${child.pid}")`);
      await recordingBegins(editor);
      await vscode.commands.executeCommand('slowcatch.stop');
      const recording = await newRecording(before);
      assert.deepEqual(recording.threads, [`p${child.pid}-t0`]);
      assert.equal(recording.endedBy, 'user');
      assert.equal(child.exitCode, null);
    },

    'the inspector of a program is attached to by its address, and the end of the program ends the recording':
      async editor => {
        const before = await recordings();
        const { child, address } = await startProgram('--inspect=127.0.0.1:0');
        await vscode.commands.executeCommand('slowcatch.attach', address);
        await recordingBegins(editor);
        child.kill();
        assert.deepEqual((await newRecording(before)).threads, [`p${child.pid}-t0`]);
      },

    'a debug session is recorded through the debugger, and goes on afterwards': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('waits');
      await vscode.commands.executeCommand('workbench.action.debug.start');
      await until('the debugger is attached', () => vscode.debug.activeDebugSession?.parentSession);
      await vscode.commands.executeCommand('slowcatch.profileDebugSession');
      await recordingBegins(editor);
      await vscode.commands.executeCommand('slowcatch.stop');
      assert.equal((await newRecording(before)).threads.length, 1);
      assert.ok(vscode.debug.activeDebugSession);
    },

    'a recorded debug session that is disconnected from ends the recording, and the program goes on':
      async editor => {
        const before = await recordings();
        const { child, address } = await startProgram('--inspect=127.0.0.1:0');
        const [folder] = vscode.workspace.workspaceFolders ?? [];
        await vscode.debug.startDebugging(folder, {
          ...{ type: 'node', request: 'attach', name: 'attached', address: '127.0.0.1' },
          ...{ port: Number(address.split(':')[1]), continueOnAttach: true },
        });
        await until('the debugger is attached', () => vscode.debug.activeDebugSession?.parentSession);
        await vscode.commands.executeCommand('slowcatch.profileDebugSession');
        await recordingBegins(editor);
        await vscode.commands.executeCommand('workbench.action.debug.disconnect');
        const recording = await newRecording(before);
        assert.deepEqual(recording.threads, [`p${child.pid}-t0`]);
        assert.equal(recording.endedBy, 'program');
        await becomesIdle(editor);
        assert.equal(child.exitCode, null);
      },

    'an address at which nothing listens is told, and leaves nothing behind': async editor => {
      await vscode.commands.executeCommand('slowcatch.attach', '127.0.0.1:1');
      await told(editor, /Nothing answers at 127\.0\.0\.1:1/);
      assert.ok(await isIdle(editor));
    },
  },
};

export default suite;
