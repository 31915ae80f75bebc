import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const suite: Suite = {
  workspace: ['memory:/orders'],
  tests: {
    'in a virtual workspace the view says why nothing can be started': async editor => {
      assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.scheme, 'memory');
      await vscode.commands.executeCommand('slowcatch.view.focus');
      await editor.text('.welcome-view:has-text("This folder is not on a disk")');
      await editor.shot('virtual');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await until('the refusal', async () => {
        await vscode.commands.executeCommand('notifications.showList');
        const texts = await editor.texts('.notifications-center .notification-list-item');
        return texts.some(text => /not on a file system/.test(text));
      });
    },
  },
};

export default suite;
