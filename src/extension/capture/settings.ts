import * as vscode from 'vscode';

/** Time between two samples, in microseconds. */
export const samplingInterval = (): number =>
  vscode.workspace.getConfiguration('slowcatch').get('sampling.interval', 1000);

/** Whether programs are launched under the debugger, which distorts their times. */
export const isUnderDebugger = (): boolean =>
  vscode.workspace.getConfiguration('slowcatch').get('recording.underDebugger', false);

/** launch.json and the `launch` settings: of the workspace and of each of its folders. */
export function launchSettings(): readonly unknown[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [undefined, ...folders].map(folder =>
    vscode.workspace.getConfiguration(undefined, folder).get('launch'),
  );
}
