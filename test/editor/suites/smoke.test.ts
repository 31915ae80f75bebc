import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { DebugSessions } from '../host/debug-sessions.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const shopFolder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

async function shopAnswers(): Promise<boolean> {
  const port = /PORT=(\d+)/.exec(await readFile(path.join(shopFolder(), '.env'), 'utf8'))?.[1];
  return await fetch(`http://127.0.0.1:${port}/health`).then(
    response => response.ok,
    () => false,
  );
}

const started = (sessions: DebugSessions) => sessions.started.length > 0 && sessions.started;

const suite: Suite = {
  workspace: ['shop'],
  afterEach: async () => {
    await vscode.debug.stopDebugging();
  },
  tests: {
    'Slowcatch is installed': async () => {
      const extension = vscode.extensions.getExtension('slowcatch.slowcatch');
      assert.ok(extension);
      await extension.activate();
      assert.equal(extension.isActive, true);
    },

    "the debugger is VS Code's own": async () => {
      assert.ok(vscode.extensions.getExtension('ms-vscode.js-debug'));
    },

    'the selected launch configuration runs without debugging, and stops': async editor => {
      const sessions = new DebugSessions();
      try {
        await editor.selectConfiguration('shop');
        await vscode.commands.executeCommand('workbench.action.debug.run');
        const [root] = await until('the build and a debug session', () => started(sessions), 60_000);
        assert.equal(root?.name, 'shop');
        assert.equal(root.configuration['noDebug'], true);
        await until('the shop answers', shopAnswers);
        await vscode.debug.stopDebugging();
        await until('all sessions have ended', () => sessions.running.length === 0);
        assert.equal(await shopAnswers(), false);
      } finally {
        sessions.dispose();
      }
    },

    'another configuration can be selected': async editor => {
      const sessions = new DebugSessions();
      try {
        await editor.selectConfiguration('shop (tsx)');
        await vscode.commands.executeCommand('workbench.action.debug.run');
        const [root] = await until('a debug session', () => started(sessions));
        assert.equal(root?.name, 'shop (tsx)');
        await until('the shop answers', shopAnswers);
      } finally {
        sessions.dispose();
      }
    },

    'the window is seen in light, dark and high contrast': async editor => {
      const file = path.join(shopFolder(), 'src', 'catalog', 'rank.ts');
      await vscode.window.showTextDocument(vscode.Uri.file(file));
      assert.match(await editor.text('.tab.active'), /rank/);
      assert.match(await editor.text('.view-lines'), /rankProducts/);
      await editor.shotInThemes('smoke');
    },
  },
};

export default suite;
