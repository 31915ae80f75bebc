import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { BEHIND_LINES, programUri, showProgram } from '../host/hints.ts';
import { CLI_VARIABLE } from '../host/connect.ts';
import type { Editor } from '../host/editor.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const EDITOR = 'slowcatch.profile';
const PAINTED = 'body.painted header';
const TREE_ROWS = '.pane-body .monaco-list-row';

const cli = (): string => process.env[CLI_VARIABLE] ?? '';
const folder = (): string => path.dirname(programUri().fsPath);
const inFolder = (name: string): string => path.join(folder(), name);

/** A profile of the workspace's program, made by Node itself. */
async function profileOf(flag: '--cpu-prof' | '--heap-prof', name: string): Promise<string> {
  // At Node's own interval so small a program often has no sample of its heap at all.
  const interval = flag === '--heap-prof' ? ['--heap-prof-interval=8192'] : [];
  const flags = [flag, `${flag}-name`, name, ...interval];
  await promisify(execFile)('node', [...flags, 'burn.js', '400'], { cwd: folder() });
  assert.ok((await readdir(folder())).includes(name));
  return inFolder(name);
}

async function open(file: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), EDITOR);
}

async function write(name: string, content: string | Buffer): Promise<string> {
  await writeFile(inFolder(name), content);
  return inFolder(name);
}

const hintsAreShown = (editor: Editor): Promise<boolean> =>
  until('hints are shown', async () => (await editor.texts(BEHIND_LINES)).length > 0);

const suite: Suite = {
  workspace: ['launch'],
  settings: { 'slowcatch.hints.enabled': true },
  afterEach: async () => {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  },
  tests: {
    'a .cpuprofile is drawn, and its hints stand in the files until they are cleared': async editor => {
      await open(await profileOf('--cpu-prof', 'burn.cpuprofile'));
      await editor.webview.text(PAINTED);
      assert.match(await editor.webview.text('.notes:has-text("come from this profile")'), /Clear hints/);
      await editor.shotInThemes('custom-editor');
      await showProgram();
      await hintsAreShown(editor);
      await vscode.commands.executeCommand('slowcatch.view.focus');
      await until('the view names the file', async () =>
        (await editor.texts(TREE_ROWS)).some(row => row.startsWith('burn.cpuprofile')),
      );
      await editor.shot('custom-editor-hints');
      await open(inFolder('burn.cpuprofile'));
      await editor.webview.click('text=Clear hints');
      await editor.webview.text('text=Show hints in your files');
      await showProgram();
      await until('hints are gone', async () => (await editor.texts(BEHIND_LINES)).length === 0);
    },

    'a zipped one, and a line of it is opened from the table': async editor => {
      const file = await profileOf('--cpu-prof', 'zip.cpuprofile');
      await open(await write('zip.cpuprofile.gz', gzipSync(await readFile(file))));
      await editor.webview.text(PAINTED);
      await editor.webview.click('#tab-table');
      await editor.webview.click('tbody tr:has-text("burn.js") .place button');
      await until(
        'its line is shown',
        () => vscode.window.activeTextEditor?.document.uri.fsPath === programUri().fsPath,
      );
    },

    'a .heapprofile shows bytes': async editor => {
      await open(await profileOf('--heap-prof', 'burn.heapprofile'));
      await editor.webview.text(PAINTED);
      assert.match(await editor.webview.text('.toolbar'), /B Live bytes|B Allocated bytes/);
      await editor.shot('custom-editor-heap');
    },

    'a speedscope file of another tool': async editor => {
      const frames = [{ name: 'main' }, { name: 'parse', file: 'main.py', line: 3 }];
      const profile = { type: 'sampled', name: 'MainThread', unit: 'seconds', startValue: 0, endValue: 3 };
      const text = JSON.stringify({
        $schema: 'https://www.speedscope.app/file-format-schema.json',
        exporter: 'py-spy@0.3.14',
        shared: { frames },
        profiles: [{ ...profile, samples: [[0], [0, 1]], weights: [1, 2] }],
      });
      await open(await write('python.speedscope.json', text));
      await editor.webview.text(PAINTED);
      await editor.webview.click('#tab-table');
      assert.match(await editor.webview.text('tbody tr:has-text("parse")'), /2\.00 s/);
    },

    'a pprof file of a Go program': async editor => {
      const sample = path.join(path.dirname(cli()), '..', 'test', 'samples', 'go-1.19-cpu.pb.gz');
      await cp(sample, inFolder('go.pb.gz'));
      await open(inFolder('go.pb.gz'));
      await editor.webview.text(PAINTED);
      await editor.shot('custom-editor-pprof');
      await editor.webview.click('#tab-table');
      assert.match(await editor.webview.text('tbody tr:has-text("main.")'), /\.go:\d+/);
    },

    'what cannot be read says why in its place, and can be tried again': async editor => {
      const file = await write('broken.cpuprofile', '{"nodes": "none"}');
      await open(file);
      assert.match(await editor.webview.text('[role="alert"]'), /not a readable/);
      await editor.shot('custom-editor-broken');
      await cp(await profileOf('--cpu-prof', 'good.cpuprofile'), file);
      await editor.webview.click('text=Try Again');
      await editor.webview.text(PAINTED);
    },

    'one without samples says what to do': async editor => {
      const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
      const nodes = [
        { id: 1, callFrame: root, children: [2] },
        { id: 2, callFrame: { ...root, functionName: '(idle)' } },
      ];
      const idle = { nodes, startTime: 0, endTime: 3_000_000, samples: [2, 2], timeDeltas: [0, 1_000_000] };
      await open(await write('idle.cpuprofile', JSON.stringify(idle)));
      assert.match(
        await editor.webview.text('.message:has-text("idle")'),
        /idle for 3\.00 s.*Record while it has work to do/,
      );
      await editor.shot('custom-editor-idle');
    },
  },
};

export default suite;
