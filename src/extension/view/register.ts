import * as vscode from 'vscode';
import type { CommandRegistry } from '../command-registry.ts';
import type { Connection } from '../connection.ts';
import type { HiddenHints } from '../hints/register.ts';
import type { RecordingsModel } from '../recordings.ts';
import { recordingCommands } from './actions.ts';
import { Minutes } from '../minutes.ts';
import { showFailure } from '../failures.ts';
import { rangeCommands } from './ranges.ts';
import { surroundings } from './surroundings.ts';
import { RecordingsTree } from './tree.ts';

const OPEN_KEY = 'slowcatch.isRecordingOpen';
const RANGE_KEY = 'slowcatch.isRangeShown';
const METRICS_KEY = 'slowcatch.hasMetrics';
const MISSING_KEY = 'slowcatch.isFolderMissing';

/** Adds the Slowcatch view and the commands on recordings. */
export function registerView(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  model: RecordingsModel,
  connection: Connection,
  hints: HiddenHints,
): void {
  const around = surroundings(hints);
  const tree = new RecordingsTree(model, connection, around);
  const view = vscode.window.createTreeView('slowcatch.view', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  // That other windows begin and end recordings nobody tells us.
  const askAnew = (): void => void model.refresh().catch(showFailure);
  const minutes = new Minutes(() => (isAnyRecorded(model) ? askAnew() : tree.refresh()));
  minutes.isOn = view.visible;
  subscriptions.push(
    tree,
    view,
    minutes,
    view.onDidChangeVisibility(({ visible }) => {
      minutes.isOn = visible;
      if (visible) askAnew();
    }),
    around.onDidChange(() => tree.refresh()),
    model.onChange(change => {
      if (change === 'capture') tree.refreshCaptures();
      else tree.refresh();
      if (change === 'open') setKeys(model);
    }),
    ...recordingCommands(commands, model, connection, view),
    ...rangeCommands(commands, model),
  );
}

const isAnyRecorded = ({ entries }: RecordingsModel): boolean =>
  entries.some(({ state }) => state === 'recording');

/** What menus and the palette test for. */
function setKeys({ view }: RecordingsModel): void {
  void vscode.commands.executeCommand('setContext', OPEN_KEY, view !== undefined);
  void vscode.commands.executeCommand('setContext', MISSING_KEY, view?.missingFolder !== undefined);
  void vscode.commands.executeCommand('setContext', METRICS_KEY, (view?.metrics.length ?? 0) > 1);
  void vscode.commands.executeCommand('setContext', RANGE_KEY, view?.range !== undefined);
}
