/** Watched functions: text insertions that the host computes and the agent applies when a program loads the file. */
export interface WatchedFile {
  /** Absolute path of the file that the program reads. */
  readonly file: string;
  /** SHA-256 of its bytes, hex: another text is left as it is, which the recording says. */
  readonly sha256: string;
  /** Offset in UTF-16 code units and the text to put there, ascending; no insertion holds a line break. */
  readonly edits: readonly (readonly [offset: number, text: string])[];
  readonly functions: readonly WatchedFunction[];
}

export interface WatchedFunction {
  /** What the inserted text calls it by. */
  readonly id: number;
  readonly name: string;
  /** In the file as the program reads it, 1-based. */
  readonly line: number;
  readonly column: number;
  readonly thresholdMilliseconds: number;
}
