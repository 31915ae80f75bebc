import type * as vscode from 'vscode';
import type { CommandRegistry } from '../command-registry.ts';
import type { Connection } from '../connection.ts';
import type { ViewFolders } from '../webviews/webview-host.ts';
import { registerCompare } from './compare.ts';
import { registerHeapEditor } from './heap-editor.ts';

/** Heap snapshots: one in an editor, several compared. */
export function registerHeap(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  folders: ViewFolders,
  connection: Connection,
): void {
  subscriptions.push(registerHeapEditor(folders, connection));
  registerCompare(subscriptions, commands, connection);
}
