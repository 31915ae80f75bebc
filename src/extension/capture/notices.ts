/** What the user is told of a capture that goes on. */
import * as vscode from 'vscode';
import type { RecordedProblem } from '../../contracts/recording.ts';
import { failureText, messageText } from '../failure-text.ts';

const LONGEST_NOTE = 200;

/** Notes name programs: their text is untrusted. */
export function tellNotes(notes: readonly string[]): void {
  if (notes.length === 0) return;
  const text = notes.map(note => messageText(note, LONGEST_NOTE)).join(' ');
  void vscode.window.showInformationMessage(text);
}

export function tellProblem(problem: RecordedProblem): void {
  void vscode.window.showWarningMessage(failureText(problem));
}

/** Answers whether the user wants to attach to the program instead. */
export async function offerAttach(problem: RecordedProblem): Promise<boolean> {
  const attach = vscode.l10n.t('Attach to Running Process…');
  return (await vscode.window.showWarningMessage(failureText(problem), attach)) === attach;
}
