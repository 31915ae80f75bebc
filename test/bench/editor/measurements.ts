/** What one window tells of itself: from the extension host to the benchmark, as JSON. Milliseconds and bytes. */
import type { KEYSTROKES } from './keystrokes.ts';

/** What to measure in one window. */
export interface WindowPlan {
  /** Of the program that was recorded. */
  readonly file: string;
  /** Recordings to open, in this order. */
  readonly recordings: readonly { readonly size: string; readonly folder: string }[];
  readonly openings: number;
  readonly keystrokes: number;
  readonly stops: readonly StopPlan[];
}

/** A real launch that is stopped. */
export interface StopPlan {
  readonly size: string;
  readonly milliseconds: number;
  readonly intervalMicroseconds: number;
}

export interface Stop {
  readonly size: string;
  /** From the stop command until a frame of the page has the hints. */
  readonly visible: number;
  readonly block: number;
}

export interface Opening {
  readonly size: string;
  /** The server has not analysed anything before. */
  readonly isFirst: boolean;
  /** From the command until it was done. */
  readonly done: number;
  /** From the command until a frame of the page has the hints. */
  readonly visible: number;
  /** Longest delay of the extension host's event loop meanwhile. */
  readonly block: number;
}

export interface Activation {
  /** As VS Code's "Startup Performance" tells it: whole milliseconds. */
  readonly load: number;
  readonly call: number;
  readonly finish: number;
  readonly block: number;
}

export interface WindowMeasurements {
  /** Processes of ours while nothing asked for them: in a workspace without JavaScript, and after activation. */
  readonly unaskedServers: number;
  readonly activation: Activation;
  /** Longest delay while the view was opened for the first time, which loads the client and starts the server. */
  readonly viewBlock: number;
  readonly idleServerBytes: number;
  readonly usedServerBytes: number;
  /** Longest delay in a second in which nothing is asked for. */
  readonly idleBlocks: readonly number[];
  readonly openings: readonly Opening[];
  readonly stops: readonly Stop[];
  /** Time in our handlers of one change each. */
  readonly keystrokes: Readonly<Record<Keystroke, readonly number[]>>;
}

export type Keystroke = keyof typeof KEYSTROKES;
