import * as vscode from 'vscode';
import type { Connection } from '../connection.ts';
import type { RecordingsModel } from '../recordings.ts';
import { recordingCommands } from './actions.ts';
import { RecordingsTree } from './tree.ts';

const OPEN_KEY = 'slowcatch.isRecordingOpen';
const MISSING_KEY = 'slowcatch.isFolderMissing';

/** Adds the Slowcatch view and the commands on recordings. */
export function registerView(
  subscriptions: vscode.Disposable[],
  model: RecordingsModel,
  connection: Connection,
): void {
  const tree = new RecordingsTree(model, connection);
  const view = vscode.window.createTreeView('slowcatch.view', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  subscriptions.push(
    tree,
    view,
    // Ages are told anew.
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) tree.refresh();
    }),
    model.onChange(change => {
      if (change === 'capture') tree.refreshCaptures();
      else tree.refresh();
      if (change === 'open') setKeys(model);
    }),
    ...recordingCommands(model, connection),
  );
}

/** What menus and the palette test for. */
function setKeys({ view }: RecordingsModel): void {
  void vscode.commands.executeCommand('setContext', OPEN_KEY, view !== undefined);
  void vscode.commands.executeCommand('setContext', MISSING_KEY, view?.missingFolder !== undefined);
}
