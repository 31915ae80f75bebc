import path from 'node:path';
import * as vscode from 'vscode';
import type { FlameShown } from '../../contracts/views/flame.ts';
import { WebviewHost, type ViewFolders } from '../webviews/webview-host.ts';
import { FlameHost, type FlameParts } from './flame-host.ts';

/** `contributes.customEditors`. */
export const PROFILE_EDITOR = 'slowcatch.profile';

/** Profile files in an editor, read only: nothing is read here, the server does. */
export class ProfileEditor implements vscode.CustomReadonlyEditorProvider {
  constructor(
    private readonly folders: ViewFolders,
    private readonly parts: FlameParts,
  ) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const shown: FlameShown = {
      source: { kind: 'file', file: uri.fsPath },
      name: path.basename(uri.fsPath),
    };
    const page = { view: 'flame', hasInlineStyles: true, shown };
    const flame = new FlameHost(new WebviewHost(panel, this.folders, page), shown, this.parts);
    // The page itself says what is wrong with the file; hints of an editor in the background were not asked for.
    if (panel.active) flame.showHints().catch(() => undefined);
  }
}

export function registerProfileEditor(folders: ViewFolders, parts: FlameParts): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(PROFILE_EDITOR, new ProfileEditor(folders, parts), {
    supportsMultipleEditorsPerDocument: true,
  });
}
