/** What the editor shows of a recording, as the server tells it: the Slowcatch view, and hints in files. */
import type { Severity } from '../finding.ts';
import type { LeakState } from '../leaks.ts';
import type { OperationKind } from '../operation-kinds.ts';
import type { Metric, TimeRange } from '../profile-source.ts';
import type { RecordedProblem } from '../recording.ts';
import type { RecordingEntry } from '../recording-entry.ts';
import type { SourcePlace } from '../source-place.ts';

/** A recording as the editor shows it. */
export interface RecordingView {
  readonly entry: RecordingEntry;
  /** Present when all of it is of a stretch of the recording only. */
  readonly range?: ViewRange;
  /** What `hotPaths` and `files` weigh. */
  readonly metric: Metric;
  /** What they can be weighed by: the recording's own, at least one. */
  readonly metrics: readonly Metric[];
  /** All that is weighed: `412 MB`, `4.10 s`. */
  readonly total: string;
  /** `10.2 s · Node 22.11 · 3 processes`. */
  readonly summary: string;
  /** Where the time went: `1.47 s busy, 12 % idle`, and what the busy time consists of. */
  readonly breakdown: { readonly busy: string; readonly parts: readonly TimePart[] };
  readonly findings: readonly FindingNode[];
  readonly hotPaths: readonly PathNode[];
  readonly problems: readonly RecordedProblem[];
  readonly files: readonly FileHints[];
  /** What Slowcatch itself cost the program, measured there; absent where it is not known. */
  readonly overhead?: { readonly cost: string; readonly detail: string };
  /** Absent where operations were not followed. */
  readonly operations?: OperationsSection;
  /** Absent where the memory was not tracked. */
  readonly memory?: MemorySection;
  /** `GC 3.2 % · p95 12 ms`, of the thread that collects most; absent when nothing of it was recorded. */
  readonly runtime?: string;
  /** The folder that the recorded paths begin with, when its files are nowhere in the workspace. */
  readonly missingFolder?: string;
}

export interface ViewRange extends TimeRange {
  /** `2.1 – 5.0 s of 10.2 s`. */
  readonly text: string;
}

/** Operations of a recording that took longer than their threshold. Names are untrusted. */
export interface OperationsSection {
  /** `> 100 ms`; several: `> 50 ms … 500 ms`; empty where nothing was counted. */
  readonly threshold: string;
  /** Those with slow operations, by the time that these took beyond the threshold. */
  readonly routes: readonly RouteNode[];
  /** Watched functions and calls named in code, slow or not; absent where there are none. */
  readonly calls?: readonly RouteNode[];
  /** The event loop was blocked. */
  readonly stalls?: RouteNode;
  /** Why there are no routes; `slowest` are routes all the same, by p95. */
  readonly empty?: { readonly text: string; readonly detail: string; readonly slowest: readonly RouteNode[] };
}

/** What was found about the memory of a program. Names are untrusted. */
export interface MemorySection {
  /** What it comes to, in one sentence. */
  readonly outcome: string;
  /** Verdicts, the surest and largest first. */
  readonly verdicts: readonly VerdictNode[];
}

export interface VerdictNode {
  /** Names it within its report. */
  readonly key: string;
  readonly state: LeakState;
  /** `Leak`, `Growing, not yet sure`. */
  readonly stateWords: string;
  readonly className: string;
  /** `1.00 per request (3.20 KB)`. */
  readonly growth: string;
  /** All of it in sentences: growth and holder. */
  readonly message: string;
  readonly place?: SourcePlace;
}

/** All operations of one kind and name. */
export interface RouteNode {
  readonly kind: OperationKind;
  readonly name: string;
  readonly count: number;
  readonly slowCount: number;
  readonly keptCount: number;
  readonly errorCount: number;
  /** `412 ms`. */
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly max: string;
  /** Of its operations, those above the threshold: `12 %`. */
  readonly slowShare: string;
  /** All that they took beyond the threshold. */
  readonly lost: string;
  readonly threshold: string;
  readonly thresholdMilliseconds: number;
  /** What most of the time of the kept ones went to: `waits 61 % for the pool`; absent while recording. */
  readonly cause?: string;
  readonly place?: SourcePlace;
  /** Only one in so many calls was followed. */
  readonly oneIn?: number;
}

/** A kept operation. */
export interface OperationNode {
  /** Names it within its recording. */
  readonly key: string;
  /** `412 ms`. */
  readonly duration: string;
  /** `10:31:22.480`; empty where it is not known. */
  readonly time: string;
  readonly status?: string;
  readonly isFailure: boolean;
  /** `/orders/17`. */
  readonly detail?: string;
  /** `pool 61 %`. */
  readonly cause?: string;
}

/** `your code`, `61 %`. */
export interface TimePart {
  readonly name: string;
  readonly share: string;
}

export interface FindingNode {
  readonly severity: Severity;
  readonly message: string;
  readonly advice: string;
  readonly place?: SourcePlace;
  /** The message for a narrow view; absent where it is short already. */
  readonly brief?: BriefFinding;
}

/** `GET /orders waits 61 % for a pool`, or still shorter `GET /orders: pool 61 %`. */
export interface BriefFinding {
  /** Name of a function or a route, untrusted; absent for what is about the whole program. */
  readonly subject?: string;
  /** `burns 38 %`; without a subject all there is to say: `96 % idle`. */
  readonly said: string;
  /** What it means: `your program waited`. */
  readonly detail?: string;
  /** `CPU 38 %`: says by itself what the number is of; absent without a subject. */
  readonly short?: string;
}

/** A function of Hot Paths; below it stand its callers. */
export interface PathNode {
  readonly name: string;
  /** `38 %`: share of all that is weighed, of the function itself or, for a caller, of what it is behind. */
  readonly share: string;
  /** `4.10 s`, `12.4 MB`. */
  readonly amount: string;
  readonly samples?: number;
  /** Absent for functions of Node and native ones. */
  readonly place?: SourcePlace;
  /** Indices of functions of the profile: the hot function, its caller, the caller's caller … this one last. */
  readonly chain: readonly number[];
  readonly hasCallers: boolean;
}

/** What is known of one file's lines. */
export interface FileHints {
  /** In the workspace where it is there, else as recorded. */
  readonly file: string;
  /** SHA-256 of the text that ran, line ends as \n, without a byte order mark; absent when unknown. */
  readonly sha256?: string;
  /** By line, ascending; a function's head and a hot line can be one line. */
  readonly hints: readonly LineHint[];
}

export interface LineHint {
  readonly line: number;
  /** Text after the line: `38 % · 4.10 s` for a function, `31 % self` for a line, `12.4 MB · 38 % of allocations`. */
  readonly text: string;
  /** Of all that is weighed, 0 … 1: total of a function that begins here, else self of the line. */
  readonly share: number;
  /** 1 (warm) … 4 (hottest); 0 for a function's head, which burns nothing by itself. */
  readonly heat: 0 | 1 | 2 | 3 | 4;
  /** Of the line itself. */
  readonly self?: HintAmount;
  /** Functions that begin on the line. */
  readonly functions: readonly FunctionHint[];
  /** Routes whose slow operations waited or burnt here, those with most of their time first. */
  readonly operations?: readonly OperationHint[];
  /** What is allocated here and never let go; only what is sure. */
  readonly leaks?: readonly LeakHint[];
}

export interface LeakHint {
  /** Names the verdict within its report. */
  readonly key: string;
  /** `Session: 1.00 per request (3.20 KB) are never let go`. Names are untrusted, here and below. */
  readonly growth: string;
  /** `module sessions.ts → Map sessions → Session`; may be empty. */
  readonly holder: string;
  /** The calls that lead there, innermost first. */
  readonly stack: readonly { readonly name: string; readonly place: SourcePlace }[];
}

/** Times are those of one kept operation, on average. */
export interface OperationHint {
  /** Untrusted. */
  readonly name: string;
  /** `412 ms`. */
  readonly p95: string;
  /** Of all time of its kept operations, spent on the line: `38 %`. */
  readonly share: string;
  readonly cpu?: string;
  /** `120 ms on pool`. */
  readonly waits?: string;
  /** Key of its slowest kept operation. */
  readonly slowest?: string;
}

export interface HintAmount {
  /** `31 %`. */
  readonly share: string;
  /** `3.30 s`, `12.4 MB`. */
  readonly amount: string;
  /** Absent where only the function's samples are known. */
  readonly samples?: number;
  /** The share as a number, 0 … 1: for the margin of `samples`. */
  readonly ratio?: number;
}

export interface FunctionHint {
  readonly name: string;
  readonly self: HintAmount;
  readonly total: HintAmount;
  /** Heaviest first, at most 5 each. Untrusted names. */
  readonly callers: readonly FunctionLink[];
  readonly callees: readonly FunctionLink[];
}

export interface FunctionLink {
  readonly name: string;
  /** Share of the function's total: `72 %`. */
  readonly share: string;
  readonly place?: SourcePlace;
}
