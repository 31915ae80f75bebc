import * as vscode from 'vscode';
import type { SourcePlace } from '../contracts/server.ts';
import { plainText } from '../format/untrusted.ts';
import type { CommandRegistry } from './command-registry.ts';
import { OPEN_PLACE } from './commands.ts';

/** The command behind links and rows. */
export const openPlaceCommand = (commands: CommandRegistry): vscode.Disposable =>
  commands.register(OPEN_PLACE, place => (isPlace(place) ? openPlace(place) : undefined));

/** Shows a place in an editor; a line beyond the file's end is its last. Says so when there is no such file any more. */
export async function openPlace({ file, line, column = 1 }: SourcePlace): Promise<void> {
  const uri = vscode.Uri.file(file);
  let document: vscode.TextDocument;
  try {
    // VS Code keeps a document for minutes after its file and its editor are gone.
    await vscode.workspace.fs.stat(uri);
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    const name = plainText(file).replaceAll('](', '] (');
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} cannot be opened: it was moved or deleted since the recording, or belongs to another machine.',
        name,
      ),
    );
    return;
  }
  const position = document.validatePosition(
    new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1)),
  );
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}

/** Commands can be called by anyone. */
function isPlace(place: unknown): place is SourcePlace {
  return (
    typeof place === 'object' &&
    place !== null &&
    'file' in place &&
    typeof place.file === 'string' &&
    'line' in place &&
    Number.isInteger(place.line)
  );
}
