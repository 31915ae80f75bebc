import path from 'node:path';
import * as vscode from 'vscode';
import type { FromHeap, HeapShown, ToHeap } from '../../contracts/views/heap.ts';
import type { Connection } from '../connection.ts';
import { WebviewHost, type ViewFolders } from '../webviews/webview-host.ts';
import { HeapHost } from './heap-host.ts';

/** `contributes.customEditors`. */
const HEAP_EDITOR = 'slowcatch.heap';

/** Heap snapshots in an editor, read only: the server reads them. One editor per file: each would hold the heap again. */
class HeapEditor implements vscode.CustomReadonlyEditorProvider {
  constructor(
    private readonly folders: ViewFolders,
    private readonly connection: Connection,
  ) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const shown: HeapShown = { file: uri.fsPath, name: path.basename(uri.fsPath) };
    const host = new WebviewHost<ToHeap, FromHeap>(panel, this.folders, { view: 'heap', shown });
    void new HeapHost(host, shown, this.connection);
  }
}

export const registerHeapEditor = (folders: ViewFolders, connection: Connection): vscode.Disposable =>
  vscode.window.registerCustomEditorProvider(HEAP_EDITOR, new HeapEditor(folders, connection), {
    supportsMultipleEditorsPerDocument: false,
  });
