import * as vscode from 'vscode';

const STATUS_MILLISECONDS = 2000;

/** Puts a text on the clipboard, and says so. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied'), STATUS_MILLISECONDS);
}
