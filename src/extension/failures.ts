import * as vscode from 'vscode';
import { failureText } from './failure-text.ts';

/** Tells the user what went wrong and what to do. */
export function showFailure(error: unknown): void {
  // Not awaited: it settles when the user closes the message.
  void vscode.window.showErrorMessage(failureText(error));
}
