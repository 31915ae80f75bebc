/**
 * The boundary between the extension and the server: requests and notifications over the language client's
 * JSON-RPC connection. Lines are 1-based, files absolute paths of the machine that the server runs on.
 */
import type { WatchRequest } from './watched.ts';
import type { OperationsConfiguration } from './operation-kinds.ts';
import type { RecordedProblem } from './recording.ts';
import type { FlameFunction, FlameRequest, FlameView, FunctionAt } from './views/flame.ts';
import type { ExportFormatId } from './export-formats.ts';
import type { Severity } from './finding.ts';
import type { RuntimeUpdate } from './views/runtime.ts';
import type { Metric, ProfileSource, TimeRange } from './profile-source.ts';
import type { OperationKind } from './operation-kinds.ts';
import type { SourcePlace } from './source-place.ts';

/** Given when the server starts (`initializationOptions`). */
export interface ServerOptions {
  /** Absolute path: recordings are kept below it. */
  readonly recordingsFolder: string;
  /** Absolute path: data of webviews is written below it, and removed again. */
  readonly viewsFolder: string;
  /** Absolute paths of the workspace's folders. */
  readonly workspaceFolders: readonly string[];
  /** Capturing is refused without it. */
  readonly isTrusted: boolean;
}

/** Parameters and result by method. Failures are `ServerFailure` in the error's `data`. */
export interface ServerRequests {
  /** Opens a recording; programs report to it by themselves. */
  'slowcatch/begin': [BeginCapture, Capture];
  /** The environment that a program of the recording has to be started with. */
  'slowcatch/environment': [LaunchEnvironment, Readonly<Record<string, string | null>>];
  /** Answers when everything is on disk. An empty recording (no process reported) is removed: null. */
  'slowcatch/stop': [{ readonly id: string; readonly endedBy: 'program' | 'user' }, RecordingEntry | null];
  /** Node.js processes of this user that can be attached to. */
  'slowcatch/processes': [null, readonly ProcessEntry[]];
  /** The newest first. */
  'slowcatch/recordings': [null, readonly RecordingEntry[]];
  /** `name` renames, `isPinned` pins; answers the entry as it is now. */
  'slowcatch/change': [
    { readonly id: string; readonly name?: string; readonly isPinned?: boolean },
    RecordingEntry,
  ];
  'slowcatch/delete': [{ readonly id: string }, null];
  /** Analyses a recording or a profile file (`sourceId`): what the view and the editors show of it. */
  'slowcatch/open': [{ readonly id: string; readonly metric?: Metric }, RecordingView];
  /** The same of a stretch of it: with its hot paths and hints. */
  'slowcatch/openRange': [{ readonly id: string; readonly range: TimeRange }, RecordingView];
  /** Who calls the first function of a chain: see `PathNode.chain`. The rest is that of the view the chain is from. */
  'slowcatch/callers': [CallersRequest, readonly PathNode[]];
  /** The files of a recording lie in this folder of the workspace. Kept with the recording. */
  'slowcatch/mapFolder': [{ readonly id: string; readonly folder: string }, RecordingView];
  /** Writes the view files of a flamegraph. */
  'slowcatch/flame': [FlameRequest, FlameView];
  /** Where a function of a flamegraph (`FlameView.id`) stands; null for one that no editor can open. */
  'slowcatch/flamePlace': [{ readonly id: string; readonly index: number }, SourcePlace | null];
  /** The heaviest functions of a flamegraph. */
  'slowcatch/flameFunctions': [{ readonly id: string }, readonly FlameFunction[]];
  /** Index of the function that begins there; null when the flamegraph has none. */
  'slowcatch/flameFunctionAt': [FunctionAt & { readonly id: string }, number | null];
  /** Writes what the GC and runtime view draws (`RuntimeView`) as a view file; of a live recording what is there so far. */
  'slowcatch/runtime': [{ readonly id: string }, ViewFile];
  /** Whether `slowcatch/runtimeUpdate` is to tell of this recording while it goes on: rows after those of the view file. */
  'slowcatch/watchRuntime': [{ readonly id: string; readonly isOn: boolean }, null];
  /** The kept operations of a route, the slowest first. */
  'slowcatch/keptOperations': [OperationsOf, readonly OperationNode[]];
  /** Writes an `OperationView`; `step` goes to its neighbour among the kept ones of its route, if there is one. */
  'slowcatch/operation': [OperationAsked & { readonly step?: -1 | 1 }, OperationFile];
  'slowcatch/operationText': [OperationAsked, { readonly text: string }];
  /** The functions of a text, in its order; none of one that cannot be parsed. */
  'slowcatch/functions': [{ readonly file: string; readonly text: string }, readonly ListedFunction[]];
  /** Writes a profile in a format of the field; answers what was written. */
  'slowcatch/export': [ExportRequest, ExportedFiles];
}

export interface ServerNotifications {
  /** From the server: a capture goes on. */
  'slowcatch/capture': CaptureProgress;
  /** From the server: a recording was added, changed or removed. */
  'slowcatch/recordingsChanged': null;
  /** From the server, about once a second for each thread of a capture that `slowcatch/watchRuntime` asks for. */
  'slowcatch/runtimeUpdate': RuntimeUpdate;
  /** From the server, about once a second for each capture that follows operations. */
  'slowcatch/operationsUpdate': { readonly id: string; readonly operations: OperationsSection };
}

/** JSON that a webview reads by itself. */
export interface ViewFile {
  /** Absolute path. */
  readonly file: string;
}

/** What travels as the `data` of a JSON-RPC error. */
export interface ServerFailure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

export type BeginCapture = {
  /** For display. */
  readonly name: string;
  readonly cwd: string;
  readonly intervalMicroseconds: number;
  /** Where memory is allocated is recorded too. */
  readonly allocations?: boolean;
  /** Operations that take longer are kept; 100 ms unless told. */
  readonly thresholdMilliseconds?: number;
  /** For some routes or functions instead. */
  readonly thresholds?: OperationsConfiguration['thresholds'];
  /** For hours: only what slow operations need is kept. */
  readonly isWatch?: boolean;
  /** Functions whose calls are operations too, by workspace folder. */
  readonly watch?: readonly WatchRequest[];
} & (
  | {
      /** The editor starts the programs. */
      readonly kind: 'launch';
      /** Words of the command line, as far as they are known. */
      readonly command: readonly string[];
    }
  | {
      /** Process id, host:port or ws://…. */
      readonly kind: 'attach';
      readonly target: string;
    }
  | {
      /** Debuggers' own way to processes: js-debug's CDP proxies (`ws://127.0.0.1:port/path`), one per process. */
      readonly kind: 'debug-sessions';
      readonly proxies: readonly string[];
    }
);

export interface Capture {
  readonly id: string;
  /** What the user should know although nothing failed: a debugger distorts times, an inspector was open. */
  readonly notes: readonly string[];
}

export interface LaunchEnvironment {
  readonly id: string;
  /** `env` of the resolved launch configuration. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Absolute path; its NODE_OPTIONS would be lost, since ours stand in `env`. */
  readonly envFile?: string;
  /** Words between the runtime and the program: Node's flags. */
  readonly flags: readonly string[];
  /** Whether a debugger is at work in the program, which distorts its times. */
  readonly isDebugged: boolean;
  /** NODE_OPTIONS that the program would inherit. */
  readonly inheritedNodeOptions?: string;
}

export interface CaptureProgress {
  readonly id: string;
  readonly state: 'waiting' | 'recording' | 'stopping' | 'saved' | 'failed';
  /** Since the first process reported. */
  readonly elapsedMilliseconds: number;
  readonly processes: number;
  /** Slowcatch's own cost, a share of the program's CPU time; absent as long as it is not known. */
  readonly overheadShare?: number;
  /** New ones only. */
  readonly problems: readonly RecordedProblem[];
  /** An attached program has ended by itself. */
  readonly hasEnded: boolean;
}

export interface ProcessEntry {
  readonly pid: number;
  /** Command line, words as the process has them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly ageMilliseconds: number;
  /** Its inspector listens already: `127.0.0.1:9229`. */
  readonly inspector?: string;
}

export interface RecordingEntry {
  readonly id: string;
  /** The user's name for it, else the program's. */
  readonly name: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Absent for a recording that was not closed. */
  readonly durationMilliseconds?: number;
  readonly isPinned: boolean;
  /** The program's working folder as recorded; empty where the system did not tell. */
  readonly cwd: string;
  /**
   * `recording`: the process that records it is alive, in this window or elsewhere. `unfinished`: that process was
   * ended before it was closed; what is on disk can be opened. `file`: a profile file of the user's, no recording.
   */
  readonly state: 'recording' | 'saved' | 'unfinished' | 'file';
  readonly bytes: number;
  /** Absolute path of the recording. */
  readonly folder: string;
}

export interface CallersRequest {
  readonly id: string;
  readonly chain: readonly number[];
  readonly range?: TimeRange;
  /** `cpu` unless told. */
  readonly metric?: Metric;
}

export interface ExportRequest {
  readonly source: ProfileSource;
  readonly format: ExportFormatId;
  /** Absolute path. A format that holds one thread only is written beside it for each further thread. */
  readonly file: string;
  /** Write paths relative to the workspace's folders and the program's own, and nothing else of this machine. */
  readonly isRelative: boolean;
  /** All of it unless told. */
  readonly range?: TimeRange;
  /** `cpu` unless told. */
  readonly metric?: Metric;
}

export interface ExportedFiles {
  /** Absolute paths, at least one. */
  readonly files: readonly string[];
}

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
  readonly overhead?: { readonly share: string; readonly detail: string };
  /** Absent where operations were not followed. */
  readonly operations?: OperationsSection;
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

/** A function that can be watched by its name, see contracts/watched.ts. */
export interface ListedFunction {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** Why it cannot be watched: `it has an …`. */
  readonly refusal?: string;
}

export interface OperationsOf {
  readonly id: string;
  readonly kind: OperationKind;
  readonly name: string;
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

export interface OperationAsked {
  readonly id: string;
  readonly key: string;
}

export interface OperationFile extends ViewFile {
  /** What it is of. */
  readonly key: string;
  readonly name: string;
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

/** `rank burns 38 %`, or still shorter `rank 38 %`. */
export interface BriefFinding {
  /** A function's name, untrusted; absent for what is about the whole program. */
  readonly subject?: string;
  /** `burns 38 %`; without a subject all there is to say: `96 % idle`. */
  readonly said: string;
  /** What it means: `your program waited`. */
  readonly detail?: string;
  /** `38 %`. */
  readonly number: string;
}

export type { SourcePlace };

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
