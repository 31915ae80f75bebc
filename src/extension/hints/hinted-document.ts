import type { FileHints, LineHint } from '../../contracts/server.ts';
import { textHash } from './text-hash.ts';
import { followEdit, trackLines } from './tracked-lines.ts';
import type { TextChange, TrackedLine } from './tracked-lines.ts';

/** What is needed of a document; VS Code's `TextDocument` is one. */
export interface ReadableDocument {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
  getText(): string;
}

/** A hint where its line is now. */
export interface ShownHint {
  readonly hint: LineHint;
  /** 0-based. */
  readonly line: number;
  /** After the line. */
  readonly text: string;
  /** The line, or the whole file, is not what was recorded. */
  readonly isStale: boolean;
  readonly isEdited: boolean;
  readonly isFileChanged: boolean;
}

/** The hints of one file in one document, kept at their lines while it is edited. */
export class HintedDocument {
  readonly #file: FileHints;
  #lines: readonly TrackedLine[] = [];
  #isFileChanged = false;
  #hasEdits = false;
  /** Of the text with which the document was closed. */
  #closedHash: string | undefined;

  constructor(file: FileHints, document: ReadableDocument) {
    this.#file = file;
    this.#begin(document, this.#isRecordedText(document));
  }

  /** Takes the changes of an event; answers the hints that have to be drawn again. */
  edit(changes: readonly TextChange[], document: ReadableDocument): readonly LineHint[] {
    if (changes.length === 0) return [];
    this.#hasEdits = true;
    const { lines, touched } = followEdit(this.#lines, changes, reader(document));
    this.#lines = lines;
    return touched.flatMap(index => this.#file.hints[index] ?? []);
  }

  /** Whether an edited document has come back to the recorded text (saved, reverted, undone); all is as recorded then. */
  recheck(document: ReadableDocument): boolean {
    if (!this.#hasEdits || this.#file.sha256 === undefined || !this.#isRecordedText(document)) return false;
    this.#begin(document, true);
    return true;
  }

  close(document: ReadableDocument): void {
    this.#closedHash = textHash(document.getText());
  }

  /** Whether the document has the text with which it was closed; if not, hints start over where they were recorded. */
  reopen(document: ReadableDocument): void {
    if (this.#closedHash === undefined) return;
    if (this.#closedHash !== textHash(document.getText()))
      this.#begin(document, this.#isRecordedText(document));
    this.#closedHash = undefined;
  }

  /** Hints of at least this share (0 … 1) whose lines are still there, by line. */
  shown(leastShare: number): readonly ShownHint[] {
    const isFileChanged = this.#isFileChanged;
    const shown = this.#lines.flatMap((tracked, index) => {
      const hint = this.#file.hints[index];
      if (!hint || hint.share < leastShare || tracked.state === 'gone') return [];
      const isEdited = tracked.state === 'edited';
      const text = isEdited ? `${hint.text} (edited)` : hint.text;
      return [
        { hint, line: tracked.line, text, isStale: isEdited || isFileChanged, isEdited, isFileChanged },
      ];
    });
    shown.sort((a, b) => a.line - b.line);
    return isFileChanged
      ? shown.map((hint, index) =>
          index === 0 ? { ...hint, text: `${hint.text} · file changed since recording` } : hint,
        )
      : shown;
  }

  #begin(document: ReadableDocument, isRecordedText: boolean): void {
    this.#isFileChanged = !isRecordedText;
    this.#hasEdits = false;
    this.#lines = trackLines(
      this.#file.hints.map(({ line }) => line - 1),
      reader(document),
    );
  }

  #isRecordedText(document: ReadableDocument): boolean {
    return this.#file.sha256 === undefined || this.#file.sha256 === textHash(document.getText());
  }
}

const reader =
  (document: ReadableDocument) =>
  (line: number): string =>
    line >= 0 && line < document.lineCount ? document.lineAt(line).text : '';
