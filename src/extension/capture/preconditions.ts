import * as vscode from 'vscode';
import { UserError } from '../../contracts/user-error.ts';

/** Throws a `UserError` when this window may not start or attach to programs. */
export function requireCapturing(): void {
  if (!vscode.workspace.isTrusted) throw new UserError('not-trusted');
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 0 && folders.every(folder => folder.uri.scheme !== 'file')) {
    throw new UserError('virtual-workspace');
  }
}

const DEBUGGERS = ['ms-vscode.js-debug', 'ms-vscode.js-debug-nightly'];

/** Throws `debugger-missing` when nothing would start a Node.js configuration. */
export function requireDebugger(): void {
  if (!DEBUGGERS.some(id => vscode.extensions.getExtension(id))) throw new UserError('debugger-missing');
}
