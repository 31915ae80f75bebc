/** What the text calls that was put into watched functions; the agent is there, or not. */

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

/** What an agent says in `RoutesFile.problems`; each stands in the catalogue, its detail a file or a function. */
export const WATCHED_PROBLEMS = [
  'watched-file-changed',
  'watched-file-compiled',
  'watched-file-type-checked',
  'watched-not-reached',
] as const;
