/**
 * The operation panel: one kept operation on one time line. What its host and its page tell each other, and the view
 * file that the server writes. Names, statements and paths come from programs: untrusted.
 *
 *          0        100       200       300       400 ms
 *   cpu    ██     ▒       ██          █████              OperationRow, its bars
 *     products.ts:52 rankProducts               61 ms    RowItem
 *   pool       ████████████████
 */
import type { LedgerKind, OperationKind } from '../operation-kinds.ts';
import type { SourcePlace } from '../source-place.ts';

export type RowKind = LedgerKind;

/** How sure a time is. `bound`: it can be shorter. */
export type Certainty = 'measured' | 'estimated' | 'bound';

export interface OperationView {
  readonly version: 1;
  /** Names it within its recording. */
  readonly key: string;
  readonly kind: OperationKind;
  readonly name: string;
  /** The path that was asked for. */
  readonly detail?: string;
  /** `200`, `error`, `aborted by the client`, `still open`. */
  readonly status?: string;
  readonly isFailure: boolean;
  /** Unix milliseconds; absent where the recording does not tell. */
  readonly startedAt?: number;
  readonly durationMilliseconds: number;
  readonly thresholdMilliseconds: number;
  /** What mattered, in one sentence. */
  readonly summary: string;
  readonly place?: SourcePlace;
  /** Among the kept ones of its route, the slowest is 1. */
  readonly position: { readonly rank: number; readonly of: number };
  /** All operations of the route. */
  readonly route: { readonly count: number; readonly p50: string; readonly p95: string };
  /** In the order of the ledger; together they are the duration. */
  readonly rows: readonly OperationRow[];
  /** Operations inside it, by their start. */
  readonly nested: readonly NestedOperation[];
  /** What is not known, each a sentence. */
  readonly notes: readonly string[];
  /** Of a stall: what blocked the thread, innermost first. */
  readonly stack?: readonly { readonly name: string; readonly place?: SourcePlace; readonly text: string }[];
}

export interface OperationRow {
  readonly kind: RowKind;
  /** The thread itself stood still for it (`readFileSync`): nothing else ran meanwhile. */
  readonly isOnThread: boolean;
  readonly milliseconds: number;
  /** Of the duration, 0 … 1. */
  readonly share: number;
  readonly certainty: Certainty;
  /** Ascending, never overlapping. */
  readonly bars: readonly OperationBar[];
  /** What the time of the row was for, the longest first. */
  readonly items: readonly RowItem[];
}

export interface OperationBar {
  /** Since the operation's start. */
  readonly fromMilliseconds: number;
  readonly milliseconds: number;
  readonly certainty: Certainty;
  /** Index of its row's `items`. */
  readonly item?: number;
  /** What else it waited for at the same time: `query SELECT … 40.0 ms`. */
  readonly overlaps: readonly string[];
}

export interface RowItem {
  /** A statement, a host and path, a function's name, who held the thread; may be empty. */
  readonly text: string;
  readonly milliseconds: number;
  readonly share: number;
  /** Waits; of hot lines, samples: one that has a part of one is `bound` by it. */
  readonly count: number;
  readonly certainty: Certainty;
  readonly place?: SourcePlace;
  /** The place is that of the same wait in other operations of the route. */
  readonly isLikeOthers?: boolean;
  /** The line that calls there; `isLoop`: for each of them. */
  readonly caller?: SourcePlace & { readonly isLoop: boolean };
  /** `pg`, `ioredis`, `node:fs`. */
  readonly library?: string;
}

export interface NestedOperation {
  readonly name: string;
  readonly kind: OperationKind;
  /** 0: directly inside. */
  readonly depth: number;
  readonly fromMilliseconds: number;
  readonly milliseconds: number;
  /** It was kept itself. */
  readonly key?: string;
}

/** What the panel shows; its name is for display until more is known. */
export interface OperationShown {
  /** Of the recording. */
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export type ToOperation =
  /** `uri` of an `OperationView`. */
  | { readonly type: 'show'; readonly shown: OperationShown; readonly uri: string }
  | { readonly type: 'failed'; readonly message: string; readonly advice: string };

export type FromOperation =
  /** To the next slower (-1) or next faster (1) one of its route. */
  | { readonly type: 'step'; readonly by: -1 | 1 }
  | { readonly type: 'open'; readonly place: SourcePlace }
  /** A nested one. */
  | { readonly type: 'operation'; readonly key: string; readonly name: string }
  | { readonly type: 'flamegraph'; readonly of: 'operation' | 'route'; readonly kind: OperationKind }
  | { readonly type: 'copy' };

/** What the page keeps over hiding and reloads. */
export interface OperationKept {
  /** Of the operation that the rest was of. */
  readonly key: string;
  readonly isTableShown: boolean;
  /** Rows whose items are shown, as `rowKey` names them. */
  readonly unfolded: readonly string[];
  /** Milliseconds that are seen; absent: all. */
  readonly zoom?: { readonly from: number; readonly to: number };
}
