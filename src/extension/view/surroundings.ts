import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RecordingEntry } from '../../contracts/server.ts';
import { changesHintSettings, hintSettings } from '../hints/settings.ts';
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

/** Folders of the workspace on disk, as the user opened them and as they really are: a system knows the latter. */
export function workspacePaths(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const paths = folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  return [...new Set(paths.flatMap(path => [path, realPath(path)]))];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    // A folder that was deleted while it is open.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
    throw error;
  }
}
