import * as vscode from 'vscode';
import type { RecordingEntry } from '../../contracts/server.ts';
import { changesHintSettings, hintSettings } from '../hints/settings.ts';
import { workspacePaths } from '../workspace-folders.ts';
import { isInside } from '../workspace-paths.ts';

/** What the view shows of the window around it. */
export interface Surroundings {
  /** Whether a recording was made in this workspace. */
  readonly isHere: (entry: RecordingEntry) => boolean;
  /** Editors show nothing of the open recording. */
  readonly areHintsHidden: () => boolean;
  /** Either of them may have changed. */
  readonly onDidChange: (listener: () => void) => vscode.Disposable;
}

export const surroundings: Surroundings = {
  isHere: ({ cwd }) => isInside(cwd, workspacePaths(), process.platform),
  areHintsHidden: () => !hintSettings().enabled,
  onDidChange: listener =>
    vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(listener),
      vscode.workspace.onDidChangeConfiguration(change => {
        if (changesHintSettings(change)) listener();
      }),
    ),
};
