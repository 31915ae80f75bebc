import * as vscode from 'vscode';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import type { HiddenHints } from '../hints/register.ts';
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

export const isHere = ({ cwd }: RecordingEntry): boolean => isInside(cwd, workspacePaths(), process.platform);

export const surroundings = (hints: HiddenHints): Surroundings => ({
  isHere,
  areHintsHidden: hints.areHidden,
  onDidChange: listener =>
    vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(listener),
      hints.onDidChange(listener),
    ),
});
