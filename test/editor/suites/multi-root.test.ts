import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { newRecording, recordings } from '../host/recordings.ts';
import type { Suite } from '../host/suite.ts';
import { until } from '../host/until.ts';

const suite: Suite = {
  workspace: ['launch', 'shop'],
  tests: {
    'a configuration of one of several folders is recorded, and its file is marked': async editor => {
      const before = await recordings();
      await editor.selectConfiguration('ends (launch)');
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      assert.equal((await newRecording(before)).name, 'ends');
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'burn.js'));
      await until(
        'the hot line is marked',
        async () => (await editor.texts('.view-line span[class*="ced-"]')).length > 0,
      );
    },
  },
};

export default suite;
