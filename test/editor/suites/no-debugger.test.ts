import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { endEverything, isIdle, told } from '../host/capture.ts';
import type { Suite } from '../host/suite.ts';

const suite: Suite = {
  workspace: ['launch'],
  without: ['ms-vscode.js-debug'],
  afterEach: endEverything,
  tests: {
    'without the debugger nothing can be launched: the user is told what to enable': async editor => {
      assert.equal(vscode.extensions.getExtension('ms-vscode.js-debug'), undefined);
      await vscode.commands.executeCommand('slowcatch.profileCurrent');
      await told(
        editor,
        /"JavaScript Debugger", which runs Node\.js programs in VS Code, is disabled\. Enable it/,
      );
      assert.ok(await isIdle(editor));
    },
  },
};

export default suite;
