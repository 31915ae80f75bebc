import path from 'node:path';
import * as vscode from 'vscode';

/** Tells when a file is written anew or deleted, wherever it lies. */
export function onFileChange(file: string, tell: (change: 'changed' | 'deleted') => void): vscode.Disposable {
  // Its name may hold what means something in a pattern.
  const pattern = new vscode.RelativePattern(vscode.Uri.file(path.dirname(file)), '*');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const on =
    (change: 'changed' | 'deleted') =>
    ({ fsPath }: vscode.Uri): void => {
      if (fsPath === file) tell(change);
    };
  watcher.onDidCreate(on('changed'));
  watcher.onDidChange(on('changed'));
  watcher.onDidDelete(on('deleted'));
  return watcher;
}
