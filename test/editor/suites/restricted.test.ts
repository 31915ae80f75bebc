import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { keepRecording, nodeOf } from '../host/kept-recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const suite: Suite = {
  workspace: ['orders'],
  trusted: false,
  tests: {
    'in a workspace that is not trusted nothing is started, and the user is told why': async editor => {
      assert.equal(vscode.workspace.isTrusted, false);
      for (const command of ['profileCurrent', 'attach', 'profileDebugSession']) {
        await vscode.commands.executeCommand(`slowcatch.${command}`);
        await until(`${command} is refused`, async () => {
          await vscode.commands.executeCommand('notifications.showList');
          const texts = await editor.texts('.notifications-center .notification-list-item');
          return texts.some(text =>
            /does not start or attach to programs in a workspace that is not trusted/.test(text),
          );
        });
        await vscode.commands.executeCommand('notifications.clearAll');
      }
    },

    'recordings can be viewed all the same': async editor => {
      assert.equal(vscode.workspace.isTrusted, false);
      await vscode.commands.executeCommand('slowcatch.view.focus');
      await editor.text('.welcome-view:has-text("needs a trusted workspace")');
      await editor.shot('restricted-empty');
      const program = [path.join('src', 'main.js'), '1500'];
      const kept = await keepRecording('restricted', program, { manifest: { name: 'Launch Program' } });
      await vscode.commands.executeCommand('slowcatch.openRecording', nodeOf(kept));
      await editor.click('.pane-body .monaco-list-row:has-text("similarity.js:2")');
      await until('the finding is open', () =>
        vscode.window.activeTextEditor?.document.fileName.endsWith('similarity.js'),
      );
      await editor.shot('restricted');
    },
  },
};

export default suite;
