import * as vscode from 'vscode';
import type { FileHints, LeakHint } from '../../contracts/views/recording.ts';
import { plainText } from '../../format/untrusted.ts';
import type { EditorHints } from '../hints/editor-hints.ts';
import type { RecordingsModel } from '../recordings.ts';

const SOURCE = 'slowcatch';
const CODE = 'leak';
const LONGEST = 400;

/** A line that leaks, where it is now. */
interface LeakingLine {
  /** 0-based. */
  readonly line: number;
  readonly leaks: readonly LeakHint[];
  readonly isStale: boolean;
}

/** What leaks in the open recording, as warnings at the lines where it is allocated. */
export class LeakDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection(SOURCE);
  readonly #model: RecordingsModel;
  readonly #hints: EditorHints;
  #files: readonly FileHints[] | undefined;

  constructor(model: RecordingsModel, hints: EditorHints) {
    this.#model = model;
    this.#hints = hints;
    this.readRecording();
  }

  /** Takes the model's open recording; without one there are no warnings. */
  readRecording(): void {
    const files = this.#model.view?.files;
    if (files === this.#files) return;
    this.#files = files;
    this.#collection.clear();
    for (const file of files ?? []) {
      const uri = vscode.Uri.file(file.file);
      const document = vscode.workspace.textDocuments.find(
        ({ uri: other }) => other.toString() === uri.toString(),
      );
      if (document) this.refresh(document);
      else this.#set(uri, undefined, recordedLines(file));
    }
  }

  /** Follows the edits of a document. */
  refresh(document: vscode.TextDocument): void {
    const shown = this.#hints.leaks(document);
    if (shown.length === 0 && !this.#collection.has(document.uri)) return;
    this.#set(
      document.uri,
      document,
      shown.map(({ line, hint, isStale }) => ({ line, leaks: hint.leaks ?? [], isStale })),
    );
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #set(uri: vscode.Uri, document: vscode.TextDocument | undefined, lines: readonly LeakingLine[]): void {
    if (lines.length === 0) this.#collection.delete(uri);
    else
      this.#collection.set(
        uri,
        lines.flatMap(line => line.leaks.map(leak => diagnostic(uri, document, line, leak))),
      );
  }
}

const recordedLines = ({ hints }: FileHints): LeakingLine[] =>
  hints.flatMap(({ line, leaks }) => (leaks ? [{ line: line - 1, leaks, isStale: false }] : []));

function diagnostic(
  uri: vscode.Uri,
  document: vscode.TextDocument | undefined,
  { line, isStale }: LeakingLine,
  { growth, holder, stack }: LeakHint,
): vscode.Diagnostic {
  const range = rangeOf(document, line);
  const said = plainText(growth, LONGEST);
  const held = plainText(holder, LONGEST);
  const parts = [
    ...[said, ...(held === '' ? [] : [vscode.l10n.t('Held by {0}', held)])],
    ...(isStale ? [vscode.l10n.t('The text has changed since the recording')] : []),
  ];
  const found = new vscode.Diagnostic(range, `${parts.join('. ')}.`, vscode.DiagnosticSeverity.Warning);
  found.source = SOURCE;
  found.code = CODE;
  found.relatedInformation = [
    ...(held === '' ? [] : [related(uri, range, vscode.l10n.t('Held by {0}', held))]),
    ...stack.map(({ name, place }) =>
      related(
        vscode.Uri.file(place.file),
        rangeOf(undefined, place.line - 1),
        vscode.l10n.t('Called in {0}', plainText(name)),
      ),
    ),
  ];
  return found;
}

const related = (uri: vscode.Uri, range: vscode.Range, text: string): vscode.DiagnosticRelatedInformation =>
  new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, range), text);

/** The text of the line; of a file that is not open the whole line. */
function rangeOf(document: vscode.TextDocument | undefined, line: number): vscode.Range {
  if (!document) return new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
  const { firstNonWhitespaceCharacterIndex, text } = document.lineAt(Math.min(line, document.lineCount - 1));
  return new vscode.Range(line, firstNonWhitespaceCharacterIndex, line, text.length);
}
