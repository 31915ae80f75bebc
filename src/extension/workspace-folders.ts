import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';

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
