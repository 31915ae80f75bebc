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

/** A recording of a machine that was busy with something else may have next to no samples. */
const ATTEMPTS = 3;
const HINTS_MILLISECONDS = 12_000;

/** Opens the program with the hints of a recording of it; the first time records it. */
export async function openHints(editor: Editor): Promise<vscode.TextEditor> {
  for (let attempt = 1; ; attempt++) {
    const [known] = attempt === 1 ? await recordings() : [];
    await (known ? openKnown(known.folder) : record(editor));
    const program = await showProgram();
    try {
      await until(
        'hints are shown',
        async () => (await editor.texts(BEHIND_LINES)).length > 0,
        HINTS_MILLISECONDS,
      );
      return program;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

const openKnown = (folder: string): Thenable<unknown> =>
  vscode.commands.executeCommand('slowcatch.openRecording', {
    kind: 'entry',
    entry: { id: path.basename(folder) },
  });

async function record(editor: Editor): Promise<void> {
  const before = await recordings();
  await editor.selectConfiguration('ends');
  await vscode.commands.executeCommand('slowcatch.profileCurrent');
  await newRecording(before);
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
  return texts.filter(text => text.includes('command:slowcatch.toggleHints')).join('\n');
}

export const edit = async (
  program: vscode.TextEditor,
  line: number,
  character: number,
  text: string,
): Promise<void> => {
  assert.ok(await program.edit(change => change.insert(new vscode.Position(line, character), text)));
};
