/**
 * The leak report panel: what grows in one program, while it is tracked and afterwards. What its host and its page tell
 * each other, and the view file that the server writes. Names, paths and texts come from programs: untrusted.
 */
import type { LeakState } from '../leaks.ts';
import type { SourcePlace } from '../source-place.ts';

export interface LeaksView {
  readonly version: 1;
  readonly name: string;
  /** Absent when the recording is over. */
  readonly live?: LiveTracking;
  /** `3 epochs`, `1,500 requests`. */
  readonly facts: readonly string[];
  /** What it comes to; before there are two snapshots what to do. */
  readonly headline: string;
  /** Steps that lead to a first result; empty once there is one. */
  readonly steps: readonly TrackingStep[];
  readonly verdicts: readonly LeakRow[];
  /** What sampling suspects and no snapshot has judged. */
  readonly suspicions: readonly SuspicionRow[];
  readonly snapshots: readonly SnapshotRow[];
  readonly problems: readonly { readonly message: string; readonly advice: string }[];
}

export interface LiveTracking {
  /** `starting`: no process has reported; `snapshot`: the program stands still for one. */
  readonly step: 'starting' | 'ready' | 'snapshot' | 'comparing';
  /** What is going on, where it is to be waited for. */
  readonly doing?: string;
  /** What a snapshot would cost now: `1.20 s to 3.60 s pause, +210 MB to 650 MB`; absent where that is not known yet. */
  readonly cost?: string;
  /** Why the last one that was asked for was not taken. */
  readonly refusal?: Refusal;
}

export interface Refusal {
  readonly message: string;
  readonly advice: string;
  /** It can be taken all the same. */
  readonly canForce: boolean;
}

export interface TrackingStep {
  readonly text: string;
  readonly isDone: boolean;
}

/** One verdict. */
export interface LeakRow {
  /** Names it within its report, the same after another epoch. */
  readonly key: string;
  readonly state: LeakState;
  /** `leak`, `growing, not yet sure`, `cleared`. */
  readonly stateWords: string;
  readonly className: string;
  /** `cache`, `listener`. */
  readonly kind: string;
  /** `1.00`, `3.20 KB`, of `request`; absent where operations are not counted. */
  readonly perOperation?: { readonly of: string; readonly count: string; readonly bytes: string };
  readonly epochs: readonly EpochGrowth[];
  /** Of all epochs: `+1,500`, `4.80 MB`. */
  readonly count: string;
  readonly bytes: string;
  readonly place?: SourcePlace;
  /** `sessions.ts:18`, or only the file; empty where neither is known. */
  readonly placeText: string;
  /** Sentences with numbers. */
  readonly why: readonly string[];
  /** From the module that holds it to the thing. */
  readonly heldBy: readonly string[];
  /** Innermost first; empty where it was not sampled. */
  readonly allocatedAt: readonly { readonly name: string; readonly place?: SourcePlace }[];
  /** Absent where nothing is to be done. */
  readonly advice?: string;
}

export interface EpochGrowth {
  readonly count: number;
  /** `+500`, `1.60 MB`. */
  readonly countText: string;
  readonly bytesText: string;
}

/** `createSession may grow: 3.20 KB per request, …, not yet sure`. */
export interface SuspicionRow {
  readonly message: string;
  readonly place?: SourcePlace;
}

/** Texts with units; absent costs are those of snapshots that were given. */
export interface SnapshotRow {
  readonly objects: string;
  readonly fileSize: string;
  readonly cost?: {
    readonly expectedPause: string;
    readonly measuredPause: string;
    readonly expectedMemory: string;
    readonly measuredMemory: string;
  };
}

/** What a panel shows; the name is for display until more is known. */
export interface LeaksShown {
  /** Of the recording, or of the comparison. */
  readonly id: string;
  readonly name: string;
  /** Absolute paths of the snapshots that were compared. */
  readonly files?: readonly string[];
}

export type ToLeaks =
  /** `uri` of a `LeaksView`; `chosen`: the key of the verdict to show. */
  | { readonly type: 'show'; readonly uri: string; readonly chosen?: string }
  | { readonly type: 'failed'; readonly message: string; readonly advice: string };

export type FromLeaks =
  /** Ends an epoch. */
  | { readonly type: 'snapshot'; readonly isForced: boolean }
  | { readonly type: 'stop' }
  | { readonly type: 'open'; readonly place: SourcePlace }
  | { readonly type: 'copy' };

/** What the page keeps over hiding and reloads. */
export interface LeaksKept {
  /** Key of the verdict that is shown. */
  readonly chosen?: string;
  readonly isTableShown: boolean;
}
