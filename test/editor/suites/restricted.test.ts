import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const suite: Suite = {
  workspace: ['launch'],
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
  },
};

export default suite;
