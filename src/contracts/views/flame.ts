/** The flamegraph view: what its host and its page tell each other, and the view files that the server writes. */
import type { Metric, ProfileSource, TimeRange } from '../profile-source.ts';

/** What one panel shows. */
export interface FlameShown {
  readonly source: ProfileSource;
  /** For display until more is known. */
  readonly name: string;
  readonly range?: TimeRange;
}

export interface FlameRequest {
  readonly source: ProfileSource;
  readonly range?: TimeRange;
  /** Absent: the first one that the source has. */
  readonly metric?: Metric;
  /** Absent: by weight. */
  readonly order?: FlameOrder;
}

/** How a flamegraph is drawn: siblings by weight, the heaviest first, or what ran one after the other. */
export type FlameOrder = 'weight' | 'time';

/** The answer to `slowcatch/flame`. */
export interface FlameView {
  /** Names it in later requests. */
  readonly id: string;
  /** Untrusted. */
  readonly name: string;
  readonly metric: Metric;
  /** What the source can be weighed by. */
  readonly metrics: readonly Metric[];
  readonly order: FlameOrder;
  readonly orders: readonly FlameOrder[];
  /** Absolute path of what speedscope draws; absent where there is nothing to draw. */
  readonly flameFile?: string;
  /** Absolute path of a `FunctionTable`. */
  readonly tableFile: string;
  /** `1.47 s`. */
  readonly total: string;
  /** Names of the threads that are drawn, as they stand in the flamegraph. Untrusted. */
  readonly tracks: readonly string[];
  /** What is not drawn, and how much that is; each a sentence. */
  readonly notes: readonly string[];
  /** Why there is nothing to draw, and what to do; only without `flameFile`. */
  readonly empty?: string;
}

/** A function that a user can focus on. Untrusted texts. */
export interface FlameFunction {
  readonly index: number;
  readonly name: string;
  /** `src/products.ts:12`. */
  readonly place: string;
  /** Of the total: `38 %`. */
  readonly share: string;
}

/** A function by where it begins. */
export interface FunctionAt {
  readonly file: string;
  readonly line: number;
  readonly name?: string;
}

/** Functions of a source, by self weight; a view file. */
export interface FunctionTable {
  readonly version: 1;
  readonly unit: 'microseconds' | 'bytes';
  readonly total: number;
  /** Functions with any weight; `rows` are the heaviest of them. */
  readonly functions: number;
  readonly rows: readonly FunctionRow[];
}

export interface FunctionRow extends FunctionLabel {
  readonly self: number;
  /** With all that it calls. */
  readonly total: number;
  readonly samples: number;
  /** Heaviest first. */
  readonly callers: readonly FunctionCaller[];
}

export interface FunctionCaller extends FunctionLabel {
  /** Of the function's total, in calls by this caller. */
  readonly weight: number;
}

/** Untrusted texts. */
export interface FunctionLabel {
  /** Index of the function: for `place`, and to focus it. */
  readonly index: number;
  readonly name: string;
  /** `src/products.ts:12`; empty where there is no file. */
  readonly place: string;
  /** Whether the editor can open the place. */
  readonly canOpen: boolean;
}

/** `FlameView` as the page gets it: addresses instead of paths. */
export type FlamePage = FlameView & {
  /** Hints in the editors come from this source: a file that was opened in an editor. */
  readonly hints?: 'shown' | 'hidden';
  /** Index of the function to select at first. */
  readonly focus?: number;
};

export type ToFlame =
  /** What draws is loaded in the meantime. */
  | { readonly type: 'reading'; readonly text: string; readonly speedscope: SpeedscopeFiles }
  | { readonly type: 'show'; readonly page: FlamePage }
  | { readonly type: 'failed'; readonly message: string; readonly advice: string }
  | { readonly type: 'focus'; readonly index: number }
  | { readonly type: 'hints'; readonly hints: 'shown' | 'hidden' };

/** Addresses of the built speedscope. */
export interface SpeedscopeFiles {
  readonly script: string;
  readonly style: string;
  readonly font: string;
}

export type FromFlame =
  /** Instead of `ready`: the page was here before, and wants the same again. */
  | { readonly type: 'restore'; readonly metric?: Metric; readonly order?: FlameOrder }
  | { readonly type: 'metric'; readonly metric: Metric }
  | { readonly type: 'order'; readonly order: FlameOrder }
  /** `index` of a function, as in the table or in the drawn frames. */
  | { readonly type: 'open'; readonly index: number }
  | { readonly type: 'pickFunction' }
  | { readonly type: 'export' }
  | { readonly type: 'retry' }
  | { readonly type: 'showHints' }
  | { readonly type: 'clearHints' };

/** What the page keeps over hiding and reloads. */
export interface FlameKept {
  readonly metric?: Metric;
  readonly order?: FlameOrder;
  readonly tab: 'flame' | 'table';
  /** Of the drawing; its own affair. */
  readonly position: unknown;
  readonly sort: 'self' | 'total' | 'name' | 'place';
}
