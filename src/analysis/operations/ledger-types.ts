/**
 * The ledger of one operation: what each of its microseconds went to, and what it waited for.
 *
 *   record    |─ slice ─|          gap           |─ slice ─|         gap          |─ slice ─|
 *   waits                └ pool ┘└──── query ────┘          └─ http ─────┘
 *                                                           └─ query ──────────┘           (Promise.all)
 *   parts     |cpu|gc|cpu| pool  |    query |loop|   cpu    |      query       |loop|   cpu   |
 *
 * A gap belongs to the wait that ended it; what went on beside that is in `waits` only. `loop` is the end of a gap in
 * which the operation could certainly have gone on. Garbage collections are taken out of slices, of `loop` and of what is
 * unknown, but not out of waits: those took as long as they took.
 */
import type { LedgerKind, WaitKind } from '../../contracts/operation-kinds.ts';
import type { Microseconds } from '../../contracts/units.ts';

/** In the sources, 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What it was, and where the program asked for it. */
export interface Purpose {
  readonly kind: LedgerKind;
  /** The thread itself stood still for it (`readFileSync`, `execSync`, `Atomics.wait`): nothing else ran meanwhile. */
  readonly isOnThread: boolean;
  /** The innermost `await` of the program's own code, or the call. Absent: it cannot be told. */
  readonly place?: Place;
  /** The place is that of the same wait in other operations of its route: this one has not looked. */
  readonly isLikeOthers?: boolean;
  /** Normalised SQL, a command's name, host and path. Untrusted. */
  readonly detail?: string;
  /** `pg`, `undici`, `node:fs`. */
  readonly library?: string;
}

/** Parts follow one upon the other without a hole, from 0 to the operation's duration. Times count from its start. */
export interface LedgerPart extends Purpose {
  readonly from: Microseconds;
  readonly length: Microseconds;
  /** Not measured but told from circumstances: an upper bound, or the only wait that went on then. */
  readonly isEstimated: boolean;
  /** Index of its wait in `Ledger.waits`. */
  readonly wait?: number;
  /**
   * At the end of a gap: perhaps the operation could have gone on for so long before, of which `loop` is what is certain.
   * Told of what comes by sockets, where the thread was busy.
   */
  readonly readyAtMost?: Microseconds;
}

/** One wait from its beginning to its end, cut to the operation's time; waits may overlap, one another and slices. */
export interface LedgerWait extends Purpose {
  readonly kind: WaitKind | 'loop' | 'unknown';
  readonly from: Microseconds;
  readonly length: Microseconds;
  /** It was still going on at the operation's end. */
  readonly isOpen: boolean;
  /** What the parts give to it: less than its length where something else went on beside it. */
  readonly ownMicroseconds: Microseconds;
  /** The program's own code that called its place, innermost first; `isAsync`: that awaits it. */
  readonly callers: readonly (Place & { readonly isAsync?: boolean })[];
  /** Of its place: where the loop begins in whose body that stands. */
  readonly loop?: Place;
  /** Its place is that of one `await` for this and other waits together (`Promise.all`): it tells not who asked for each. */
  readonly isTogether?: boolean;
}

/** Who asks for the waits of a group. */
export interface Caller extends Place {
  /** It asks for them in turn, or for all at once: in a loop. */
  readonly isLoop: boolean;
}

/** Everything with the same purpose: the same statement from the same line, 51 times. Longest first. */
export interface LedgerGroup extends Purpose {
  /** Waits, those beside others too; of cpu, gc and loop: parts. */
  readonly count: number;
  /** Of the parts: groups add up to the duration. */
  readonly length: Microseconds;
  /** Of the duration, 0 … 1. */
  readonly share: number;
  readonly longestMicroseconds: Microseconds;
  readonly isEstimated: boolean;
  readonly caller?: Caller;
}

export interface LedgerTotal {
  readonly kind: LedgerKind;
  readonly isOnThread: boolean;
  readonly length: Microseconds;
  readonly share: number;
}

/** `pool 61 %, db.ts:14`: the kind that most of the time went to, and what most of that was. */
export interface MainCause extends LedgerTotal {
  readonly group: LedgerGroup;
}

export interface Ledger {
  readonly durationMicroseconds: Microseconds;
  readonly parts: readonly LedgerPart[];
  /** By beginning. */
  readonly waits: readonly LedgerWait[];
  /** By kind, longest first; they add up to the duration. */
  readonly totals: readonly LedgerTotal[];
  readonly groups: readonly LedgerGroup[];
  /** Undefined of an operation without any duration. */
  readonly mainCause?: MainCause;
}
