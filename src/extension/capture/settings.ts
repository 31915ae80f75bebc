import * as vscode from 'vscode';
import { thresholdSettings } from '../operations/threshold.ts';
import { watchRequests } from '../watched/settings.ts';
import type { BeginCapture } from '../../contracts/server.ts';

export type RecordingSettings = Pick<
  BeginCapture,
  | 'intervalMicroseconds'
  | 'allocations'
  | 'thresholdMilliseconds'
  | 'thresholds'
  | 'isWatch'
  | 'tracksLeaks'
  | 'watch'
>;

/** `watch`: for hours, only what slow operations need is kept. `leaks`: its memory, by snapshots that are asked for. */
export type RecordingMode = 'profile' | 'watch' | 'leaks';

/** What is recorded, and how often it is sampled. */
export function recordingSettings(): RecordingSettings {
  const settings = vscode.workspace.getConfiguration('slowcatch');
  return {
    intervalMicroseconds: settings.get('sampling.interval', 1000),
    allocations: settings.get('recording.allocations', false),
    ...thresholdSettings(),
    watch: watchRequests(),
  };
}

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
