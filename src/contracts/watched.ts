/**
 * Watched functions: settings name them, the host computes text insertions, and the agent applies them when a program
 * loads the file.
 */

/** What a user watches, as it stands in the workspace's settings. */
export interface WatchSetting {
  /** Relative to the workspace folder, with forward slashes, or absolute. */
  readonly file: string;
  /** What stands around it and its own name: `OrderService.findAll`. */
  readonly function: string;
  /** Where it was, 1-based: tells functions of one name apart. */
  readonly line?: number;
  readonly thresholdMilliseconds: number;
}

/** Functions of one file that the program reads; `watched.json` of a recording is a list of these. */
export interface WatchedFile {
  /** Absolute path of the file that the program reads. */
  readonly file: string;
  /** SHA-256 of its bytes, hex: another text is left as it is, which the recording says. */
  readonly sha256: string;
  /** SHA-256 of the text with the insertions. */
  readonly editedSha256: string;
  /** Offset in UTF-16 code units and the text to put there, ascending; no insertion holds a line break. */
  readonly edits: readonly (readonly [offset: number, text: string])[];
  readonly functions: readonly WatchedFunction[];
}

export interface WatchedFunction {
  /** What the inserted text calls it by; one for each function of a recording. */
  readonly id: number;
  readonly name: string;
  /** In the file as the program reads it, 1-based. */
  readonly line: number;
  readonly column: number;
  readonly thresholdMilliseconds: number;
  /** Whoever asks it for values is its caller, each time. */
  readonly isGenerator?: boolean;
  readonly isAsync?: boolean;
}

/** The global function that the inserted text calls; versioned, and none that a program would have. */
export const WATCH_GLOBAL = '__slowcatch_watch_1';

/** Begins a call of the watched function with this id. */
export type BeginWatchedCall = (id: number) => WatchedCall;

/** What the inserted text says of one call. Values are handed through. */
export interface WatchedCall {
  /** It returns this. */
  r<T>(value: T): T;
  /** It is about to wait for this: its caller goes on. */
  p<T>(value?: T): T;
  /** As `p`, for what a generator yields: it may never be gone on with. */
  y<T>(value?: T): T;
  /** It goes on, with this. */
  q<T>(value?: T): T;
  /** It has come to the end of its body. */
  k(): void;
  /** It is over, whether it returns or throws. */
  e(): void;
}
