/** What is found by comparing snapshots of a heap. */
import type { RecordedProblem } from './recording.ts';
import type { Bytes, Microseconds } from './units.ts';

/** `suspect`: it grows, and it is not sure whether it will stop. `cleared`: it has changed, and does not grow. */
export type LeakState = 'leak' | 'suspect' | 'cleared';

export type LeakKind =
  | 'listener'
  | 'timer'
  | 'closure'
  | 'cache'
  | 'pending promise'
  | 'buffer'
  /** A stream, a socket, a port: something that Node holds for the operating system or another thread. */
  | 'handle'
  | 'module'
  | 'chain'
  | 'global array'
  | 'object';

/** Why a verdict is what it is. */
export type LeakReason =
  /** In each epoch as many again, and all are still there. */
  | 'every-epoch'
  | 'few-epochs'
  | 'few'
  | 'uneven'
  | 'slowing'
  | 'partly-freed'
  | 'bounded'
  /** Cleared: new ones take the place of old ones; or it grows no more. */
  | 'replaced'
  | 'stopped';

export interface LeakVerdict {
  readonly verdict: LeakState;
  /** The class, the shape of an object, or the function of a closure. Untrusted, as all texts are. */
  readonly className: string;
  readonly kind: LeakKind;
  readonly reason: LeakReason;
  /** The limit that it may be bounded by, in words. */
  readonly bound?: string;
  /** Born in each epoch, and still there at the end. */
  readonly countPerEpoch: readonly number[];
  /** Of these, with all that was born with them and only they lead to; contents of buffers included. */
  readonly bytesPerEpoch: readonly number[];
  /** What the epochs have brought together. */
  readonly retainedBytes: Bytes;
  /** `of`: what an operation is, "request". */
  readonly perOperation?: { readonly of: string; readonly count: number; readonly bytes: number };
  /** Where it is allocated; where only that is known, where its function or class stands. Absolute path. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** Who called whom to allocate it, innermost first, as V8 has sampled it; absent where it is not clear which stack is its. */
  readonly allocatedAt?: readonly AllocationFrame[];
  /** From the module that holds it to the thing: `module sessions.ts`, `Map sessions`, `Session`. */
  readonly retainerPath: readonly string[];
  /** What to do about it. */
  readonly advice: string;
}

/** A function on the way to an allocation. Untrusted. */
export interface AllocationFrame {
  readonly name: string;
  /** Absolute path, in the sources. */
  readonly file?: string;
  /** Where the function begins, 1-based. */
  readonly line?: number;
}

/**
 * A function whose objects may become more and more, as far as a sample of allocations tells: nobody has looked yet who holds
 * them. It is withdrawn when they do not any more.
 */
export interface LeakSuspicion {
  /** Of the function that allocates them. Untrusted. */
  readonly name: string;
  readonly file?: string;
  /** Where the function begins, 1-based. */
  readonly line?: number;
  /** Still held at the ends of the windows, oldest first: one more than windows. Estimated. */
  readonly liveBytes: readonly number[];
  /** `of`: what an operation is, "GET /cart". Absent where none were counted. */
  readonly perOperation?: { readonly of: string; readonly bytes: number };
  readonly bytesPerSecond: number;
  /** Sampled objects that have come. */
  readonly samples: number;
  /** Innermost first. */
  readonly allocatedAt: readonly AllocationFrame[];
  /** One sentence with the numbers. */
  readonly message: string;
  /** What to do next. */
  readonly advice: string;
}

export interface LeakSnapshot {
  /** Absolute path; absent for one that was not kept. */
  readonly file?: string;
  readonly fileBytes: Bytes;
  readonly objects: number;
  /** Contexts of V8: the program's own, and those of `vm` that something holds. */
  readonly contexts?: number;
  /** What taking it has cost, beside what was expected. Absent for snapshots that were given. */
  readonly cost?: { readonly expected: ExpectedCost; readonly measured: SnapshotCost };
}

/** What a snapshot costs the program that it is of. */
export interface SnapshotCost {
  readonly pauseMicroseconds: Microseconds;
  /** Memory beside what the process has. */
  readonly extraBytes: Bytes;
  readonly fileBytes: Bytes;
}

/** The numbers of a `SnapshotCost` are in the middle of these. */
export interface ExpectedCost extends SnapshotCost {
  readonly leastPauseMicroseconds: Microseconds;
  readonly mostPauseMicroseconds: Microseconds;
  readonly leastExtraBytes: Bytes;
  readonly mostExtraBytes: Bytes;
}

/** What `slowcatch leaks --json` prints. */
export interface LeaksDocument {
  readonly version: 1;
  readonly name: string;
  readonly snapshots: readonly LeakSnapshot[];
  /** Of each epoch, where they are counted: `of` is what one is called. */
  readonly operations?: { readonly of: string; readonly counts: readonly number[] };
  /** Leaks first, the largest first. */
  readonly verdicts: readonly LeakVerdict[];
  /** What grew while it was tracked, by sampling; absent where nothing was sampled. */
  readonly suspicions?: readonly LeakSuspicion[];
  readonly problems: readonly RecordedProblem[];
}
