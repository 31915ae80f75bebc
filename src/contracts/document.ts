/**
 * What `--json` prints: the stable interface of checks, benchmarks and scripts.
 * Units stand in the key, lines and columns are 1-based, files are absolute paths (or `node:…` URLs).
 */
import type { Finding } from './finding.ts';
import type { LeakSuspicion } from './leaks.ts';
import type { OperationKind, LedgerKind } from './operation-kinds.ts';
import type { AllocationMetric } from './profile-source.ts';
import type { TimeRange } from './profile-source.ts';
import type { RecordedProblem } from './recording.ts';
import type { CollectionKind } from './views/runtime.ts';

export interface HotFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly selfMicroseconds: number;
  readonly totalMicroseconds: number;
  /** Self time as a share of all CPU time (idle excluded), 0 … 1. */
  readonly share: number;
  readonly samples: number;
  /** Direct callers, the heaviest first; only of the hottest functions. */
  readonly callers?: readonly CallerTime[];
}

/** A function that called another one, with the time the other one burnt for it. */
export interface CallerTime {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly selfMicroseconds: number;
}

export interface HotLine {
  readonly file: string;
  readonly line: number;
  /** Of a kept operation's line: the function whose time it is; absent where functions share the line. */
  readonly function?: string;
  readonly selfMicroseconds: number;
  readonly share: number;
}

/**
 * Where the sampled time went; the parts add up to `sampledMicroseconds`. Of a watch recording (`scope: 'kept'`) that is
 * the time of slow operations on their threads: the rest of the time is in none of the parts.
 */
export interface TimeBreakdown {
  readonly sampledMicroseconds: number;
  readonly idleMicroseconds: number;
  /** The sampler came so late that nobody knows what ran: the machine was too busy, or asleep. */
  readonly notSampledMicroseconds: number;
  readonly garbageCollectionMicroseconds: number;
  /** V8 and native code outside any JavaScript function. */
  readonly programMicroseconds: number;
  /** C++ functions called from JavaScript. */
  readonly nativeMicroseconds: number;
  /** Node's own JavaScript (`node:`). */
  readonly nodeMicroseconds: number;
  /** Packages below a `node_modules` folder. */
  readonly packagesMicroseconds: number;
  /** The user's own code. */
  readonly ownMicroseconds: number;
  /** Slowcatch's agent inside the program. */
  readonly slowcatchMicroseconds: number;
}

/** How much of the self time V8 charged to the wrong function, and what became of it. */
export interface RepairSummary {
  /** Time on lines, which is what can be checked. */
  readonly checkedMicroseconds: number;
  /** Moved to the inlined function that burnt it. */
  readonly repairedMicroseconds: number;
  /** Of the repaired: split by what else is known of the functions, not by the line alone. */
  readonly estimatedMicroseconds: number;
  /** Burnt by one of several inlined functions: shown as `(inlined code)`. */
  readonly ambiguousMicroseconds: number;
  /** No source text for the function: V8's own answer stands. */
  readonly notRepairedMicroseconds: number;
}

export interface ThreadSummary {
  readonly pid: number;
  readonly threadId: number;
  readonly name: string;
  readonly nodeVersion: string;
  readonly sampledMicroseconds: number;
  readonly samples: number;
  readonly cpuMicroseconds: number;
}

/** Slowcatch's own cost as a share of the program's CPU time, measured in the program. */
export interface OverheadShares {
  readonly cpuShare: number;
  /** What of it the sampler's threads and the hooks that follow operations burn; `hooks` is estimated. */
  readonly samplerShare: number;
  readonly hooksShare: number;
}

/** The shares are those of all that was recorded, its start too. */
export interface OverheadSummary extends OverheadShares {
  /** False where the system does not tell the CPU time of V8's sampler thread: then the share lacks it. */
  readonly complete: boolean;
  /** CPU time of it all, and of getting into the processes. */
  readonly totalMicroseconds: number;
  readonly startMicroseconds: number;
  /** Without the start; absent where the program has burnt too little since for a share to mean something. */
  readonly running?: OverheadShares;
  readonly stallMicroseconds: number;
  readonly longestStallMicroseconds: number;
}

/** A part of a recording: microseconds since its start, and how long all of it is. */
export interface DocumentRange extends TimeRange {
  readonly ofMicroseconds: number;
}

export interface PauseTimes {
  readonly count: number;
  /** Percentiles by nearest rank. */
  readonly pauseMilliseconds: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
    readonly total: number;
  };
}

/**
 * Garbage collections, measured: scavenges, mark-sweep-compacts and minor ones, as `--trace-gc` lists them. The pauses in
 * which V8 begins incremental marking stand in `byKind` and in `share` alone.
 */
export interface GcDocument extends PauseTimes {
  readonly byKind: Readonly<Partial<Record<CollectionKind, PauseTimes>>>;
  /** Of the time of all threads, 0 … 1. */
  readonly share: number;
  /** All threads together; null where the collections do not tell. */
  readonly allocationBytesPerSecond: number | null;
  readonly promotionBytesPerSecond: number | null;
  readonly threads: readonly (PauseTimes & {
    readonly pid: number;
    readonly threadId: number;
    /** What matters, in one sentence. */
    readonly sentence: string;
    readonly share: number;
    /** The program ended before it could tell of the collections of this last stretch. */
    readonly unseenMilliseconds: number;
  })[];
  /** By name of the function that was given to `trackGcStats`. */
  readonly tracked: readonly TrackedGc[];
}

/** Collections while calls of a function were running; each counts once. */
export interface TrackedGc extends PauseTimes {
  /** Untrusted. */
  readonly name: string;
  readonly calls: number;
  /** Of all calls together. */
  readonly milliseconds: number;
}

/** The document of `run`, `attach` and `analyze`. */
export interface ProfileDocument {
  readonly version: 1;
  /** `all`: everything that was sampled; `kept`: of a watch recording only what ran in kept operations. */
  readonly scope: 'all' | 'kept';
  readonly name: string;
  /** Folder of the recording; absent for foreign profiles. */
  readonly recording?: string;
  /** Wall clock, ISO 8601; absent for foreign profiles. */
  readonly startedAt?: string;
  /** Present when all numbers are of a part of the recording. */
  readonly range?: DocumentRange;
  /** From the first to the last sample of all threads; of a watch recording as long as it ran; of a range, its length. */
  readonly durationMicroseconds: number;
  /** Measured, not asked for: sampled time per sample. */
  readonly intervalMicroseconds: number;
  readonly breakdown: TimeBreakdown;
  readonly threads: readonly ThreadSummary[];
  readonly hotFunctions: readonly HotFunction[];
  /** Functions of Node and native ones: not the user's to change, only to call less. */
  readonly hotInternals: readonly HotFunction[];
  readonly hotLines: readonly HotLine[];
  readonly hotPaths: readonly HotPath[];
  readonly repair: RepairSummary;
  /** What was allocated, and what was still held; absent where it was not recorded. */
  readonly allocations?: Readonly<Partial<Record<AllocationMetric, AllocationSummary>>>;
  /** What may grow; absent where what is still held was not followed. */
  readonly suspicions?: readonly LeakSuspicion[];
  /** By route, the one with most slow time first; empty where none were followed. Of a range those that overlap it. */
  readonly operations: readonly OperationRoute[];
  readonly findings: readonly Finding[];
  /** Absent for foreign profiles, for parts of a recording, and for recordings of before. */
  readonly gc?: GcDocument;
  readonly overhead?: OverheadSummary;
  readonly problems: readonly RecordedProblem[];
}

/**
 * All operations of one kind and name: counted, and the slow ones kept with what their time went to. Times of kept ones
 * are measured, but what `hotLines` and `hotFunctions` have, which is sampled.
 */
export interface OperationRoute {
  readonly kind: OperationKind;
  /** Untrusted. */
  readonly name: string;
  /** Followed operations; see `oneIn`. Of a range, as `slowCount` and the percentiles: those that were kept. */
  readonly count: number;
  /** Above the threshold. */
  readonly slowCount: number;
  readonly errorCount: number;
  readonly thresholdMilliseconds: number;
  /** Of all that were counted; from a histogram, right within 9 %. */
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly maxMilliseconds: number;
  /** Only one in so many calls is followed: the function is called too often. */
  readonly oneIn?: number;
  /** With those that `kept` has no room for. */
  readonly keptCount: number;
  /** Durations of the kept ones together: what their time on the CPU and their waits add up to. */
  readonly keptMilliseconds: number;
  /** Of all kept ones, the longest first. */
  readonly waits: readonly OperationWait[];
  /** Absent where the largest part is unexplained. */
  readonly mainCause?: MainCause;
  /** Of the kept ones. */
  readonly cpuMilliseconds: number;
  readonly samples: number;
  readonly hotLines: readonly HotLine[];
  readonly hotFunctions: readonly HotFunction[];
  /** The slowest first; at most `MOST_KEPT`. */
  readonly kept: readonly KeptOperation[];
}

/** How many kept operations of a route a document lists. */
export const MOST_KEPT = 100;

export interface KeptOperation {
  /** Names it in the recording: see `OperationSelection`. */
  readonly key: string;
  /** Since the start of the recording, as `TimeRange`. */
  readonly startMicroseconds: number;
  readonly durationMilliseconds: number;
  /** On its thread, with the operations inside it; without garbage collections. */
  readonly cpuMilliseconds: number;
  /** The path that was asked for. Untrusted. */
  readonly detail?: string;
  readonly status?: number | 'ok' | 'error';
  /** `open`: it was still going on when the recording stopped. */
  readonly end: 'ended' | 'aborted' | 'open';
  /** The stall's culprit, or the watched function. */
  readonly file?: string;
  readonly line?: number;
  /** Of a stall: the operation that blocked the event loop. */
  readonly blocker?: { readonly key: string; readonly name: string };
  /** The longest first; with `cpuMilliseconds` they add up to the duration. */
  readonly waits: readonly OperationWait[];
  readonly mainCause?: MainCause;
  /** Sampled CPU time, idle excluded. */
  readonly sampledMicroseconds: number;
  readonly samples: number;
  readonly hotLines: readonly HotLine[];
}

/** What one kind of wait, at one line and for one thing, took of the time line. */
export interface OperationWait {
  readonly kind: Exclude<LedgerKind, 'cpu'>;
  /** Of the time line: what went on beside something else may have less than it took, or nothing. */
  readonly milliseconds: number;
  /** How many, those beside others too. */
  readonly count: number;
  readonly longestMilliseconds: number;
  /** The thread itself stood still for it (`readFileSync`). */
  readonly isOnThread: boolean;
  /** Some of it is not measured: an upper bound, or told from circumstances or samples. */
  readonly isEstimated: boolean;
  readonly file?: string;
  readonly line?: number;
  /** The line is that of the same wait in other operations of the route: this one has not looked for it. */
  readonly isLikeOthers?: boolean;
  /** The line that calls there; `isLoop`: for each of them, in turn or at once. */
  readonly caller?: { readonly file: string; readonly line: number; readonly isLoop: boolean };
  /** `pg`. */
  readonly library?: string;
  /** A statement, a host and path, a file. Untrusted. */
  readonly detail?: string;
}

/** The largest part of the time. */
export interface MainCause {
  readonly kind: LedgerKind;
  readonly isOnThread: boolean;
  readonly milliseconds: number;
  /** Of the duration, 0 … 1. */
  readonly share: number;
  /** The line with the largest part of it: where it is awaited; of CPU time the hottest one. */
  readonly file?: string;
  readonly line?: number;
  readonly detail?: string;
}

/** From the outermost caller to the function that burns the time. */
export interface HotPath {
  readonly selfMicroseconds: number;
  readonly share: number;
  readonly functions: readonly { readonly name: string; readonly file: string; readonly line: number }[];
}

/**
 * Memory by function: estimates of V8's from the objects that it has sampled, in its own heap (the contents of Buffers
 * lie outside). What an inlined function allocates is its caller's. Slowcatch's own objects are left out.
 */
export interface AllocationSummary {
  readonly bytes: number;
  /** Sampled objects. */
  readonly samples: number;
  /**
   * How long allocations were watched for it: `allocated` is of that time, `live` of what was allocated in it. Both take
   * turns, so neither is of the whole recording. Absent for foreign profiles.
   */
  readonly watchedMicroseconds?: number;
  readonly hotFunctions: readonly AllocatingFunction[];
  /** Functions of Node and native ones. */
  readonly hotInternals: readonly AllocatingFunction[];
  readonly hotPaths: readonly AllocatingPath[];
}

export interface AllocatingFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly selfBytes: number;
  readonly totalBytes: number;
  /** Of all bytes, 0 … 1: those of the function itself. */
  readonly share: number;
  readonly samples: number;
}

/** From the outermost caller to the function that allocates. */
export interface AllocatingPath {
  readonly selfBytes: number;
  readonly share: number;
  readonly functions: HotPath['functions'];
}
