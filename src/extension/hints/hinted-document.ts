import { l10n } from 'vscode';
import type { FileHints, LineHint } from '../../contracts/views/recording.ts';
import { textHash } from './text-hash.ts';
import { followEdit, trackLines } from './tracked-lines.ts';
import type { TextChange, TrackedLine } from './tracked-lines.ts';

/** What is needed of a document; VS Code's `TextDocument` is one. */
export interface ReadableDocument {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
  getText(): string;
}

/** Whether a document's file is as it was recorded. */
export type FileState = 'recorded' | 'changed' | 'unknown';

/** A hint where its line is now. */
export interface ShownHint {
  readonly hint: LineHint;
  /** 0-based. */
  readonly line: number;
  /** After the line. */
  readonly text: string;
  /** The line, or the whole file, is not known to be what was recorded. */
  readonly isStale: boolean;
  readonly isEdited: boolean;
  readonly fileState: FileState;
}

/** Behind the first hint of a file. */
const FILE_NOTES: Readonly<Record<Exclude<FileState, 'recorded'>, string>> = {
  changed: l10n.t('file changed since recording'),
  unknown: l10n.t('not known whether the file is as recorded'),
};

/** The hints of one file in one document, kept at their lines while it is edited. */
export class HintedDocument {
  readonly #file: FileHints;
  #lines: readonly TrackedLine[] = [];
  #fileState: FileState = 'recorded';
  #hasEdits = false;
  /** Of the text with which the document was closed. */
  #closedHash: string | undefined;

  constructor(file: FileHints, document: ReadableDocument) {
    this.#file = file;
    this.#begin(document);
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
    if (!this.#hasEdits || this.#stateOf(document) !== 'recorded') return false;
    this.#begin(document);
    return true;
  }

  close(document: ReadableDocument): void {
    this.#closedHash = textHash(document.getText());
  }

  /** Whether the document has the text with which it was closed; if not, hints start over where they were recorded. */
  reopen(document: ReadableDocument): void {
    if (this.#closedHash === undefined) return;
    if (this.#closedHash !== textHash(document.getText())) this.#begin(document);
    this.#closedHash = undefined;
  }

  /** Hints of at least this share (0 … 1), and what leaks, whose lines are still there, by line. */
  shown(leastShare: number): readonly ShownHint[] {
    const fileState = this.#fileState;
    const note = fileState === 'recorded' ? undefined : FILE_NOTES[fileState];
    const shown = this.#lines.flatMap((tracked, index) => {
      const hint = this.#file.hints[index];
      const isSmall = hint && hint.share < leastShare && !hint.leaks;
      if (!hint || isSmall || tracked.state === 'gone') return [];
      const isEdited = tracked.state === 'edited';
      const text = isEdited ? l10n.t('{0} (edited)', hint.text) : hint.text;
      return [
        { hint, line: tracked.line, text, isStale: isEdited || note !== undefined, isEdited, fileState },
      ];
    });
    shown.sort((a, b) => a.line - b.line);
    const [first, ...others] = shown;
    return first && note ? [{ ...first, text: `${first.text} · ${note}` }, ...others] : shown;
  }

  #begin(document: ReadableDocument): void {
    this.#fileState = this.#stateOf(document);
    this.#hasEdits = false;
    this.#lines = trackLines(
      this.#file.hints.map(({ line }) => line - 1),
      reader(document),
    );
  }

  #stateOf(document: ReadableDocument): FileState {
    if (this.#file.sha256 === undefined) return 'unknown';
    return this.#file.sha256 === textHash(document.getText()) ? 'recorded' : 'changed';
  }
}

const reader =
  (document: ReadableDocument) =>
  (line: number): string =>
    line >= 0 && line < document.lineCount ? document.lineAt(line).text : '';
