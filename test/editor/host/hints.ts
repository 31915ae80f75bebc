/** The hints of a recording of `workspaces/launch/burn.js`, for tests inside the extension host. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Editor } from './editor.ts';
import { newRecording, recordings } from './recordings.ts';
import { until } from './until.ts';

/** Text behind lines has classes of its decoration types. */
export const BEHIND_LINES = '.view-line span[class*="ced-"]';
/** The line that the program spends its time in. */
export const BURN = 'while (Date.now() < end)';

export function programUri(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  return vscode.Uri.joinPath(folder, 'burn.js');
}

export const showProgram = async (): Promise<vscode.TextEditor> =>
  await vscode.window.showTextDocument(programUri());

export const lineOf = ({ document }: vscode.TextEditor, text: string): number =>
  document.positionAt(document.getText().indexOf(text)).line;

/** Opens the program with the hints of a recording of it; the first time records it. */
export async function openHints(editor: Editor): Promise<vscode.TextEditor> {
  const before = await recordings();
  const [known] = before;
  if (known) {
    const id = path.basename(known.folder);
    await vscode.commands.executeCommand('slowcatch.openRecording', { kind: 'entry', entry: { id } });
  } else {
    await editor.selectConfiguration('ends');
    await vscode.commands.executeCommand('slowcatch.profileCurrent');
    await newRecording(before);
  }
  const program = await showProgram();
  await until('hints are shown', async () => (await editor.texts(BEHIND_LINES)).length > 0);
  return program;
}

/** Our hover at the end of a line. */
export async function hover({ document }: vscode.TextEditor, line: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.lineAt(line).range.end,
  );
  const texts = hovers
    .flatMap(({ contents }) => contents)
    .map(part => (typeof part === 'string' ? part : part.value));
  return texts.filter(text => text.includes('Samples ±')).join('\n');
}

export const edit = async (
  program: vscode.TextEditor,
  line: number,
  character: number,
  text: string,
): Promise<void> => {
  assert.ok(await program.edit(change => change.insert(new vscode.Position(line, character), text)));
};
