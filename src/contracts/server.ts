/**
 * The boundary between the extension and the server: requests and notifications over the language client's
 * JSON-RPC connection. Lines are 1-based, files absolute paths of the machine that the server runs on.
 */
import type { RecordingEntry } from './recording-entry.ts';
import type { OperationNode, OperationsSection, PathNode, RecordingView } from './views/recording.ts';
import type { WatchRequest } from './watched.ts';
import type { OperationsConfiguration } from './operation-kinds.ts';
import type { RecordedProblem } from './recording.ts';
import type { FlameFunction, FlameRequest, FlameView, FunctionAt } from './views/flame.ts';
import type { ExportFormatId } from './export-formats.ts';
import type { RuntimeUpdate } from './views/runtime.ts';
import type { Metric, ProfileSource, TimeRange } from './profile-source.ts';
import type { OperationKind } from './operation-kinds.ts';
import type { SourcePlace } from './source-place.ts';
import type { HeapDetail, HeapGroup, HeapRows, HeapSubject, HeapSummary } from './heap-rows.ts';
import type { HeapProgress, Page } from './heap-worker.ts';

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
  /** Reads a heap snapshot, and keeps it for the questions below until `heapClose`. `id` is the asker's name for it. */
  'slowcatch/heapOpen': [{ readonly id: string; readonly file: string }, HeapSummary];
  'slowcatch/heapRows': [Page & { readonly id: string; readonly group: HeapGroup }, HeapRows];
  'slowcatch/heapDetail': [{ readonly id: string; readonly of: HeapSubject }, HeapDetail];
  /** Also gives up what is not answered yet. */
  'slowcatch/heapClose': [{ readonly id: string }, null];
  /**
   * What grows between heap snapshots of one process, in the order in which they were taken: a report of this id, until
   * `heapClose` gives it up.
   */
  'slowcatch/compareSnapshots': [{ readonly id: string; readonly files: readonly string[] }, null];
  /** Writes a `LeaksView`: of a recording that tracks memory, as far as it is. Throws `leaks-not-tracked`. */
  'slowcatch/leaks': [ReportAsked, ViewFile];
  /**
   * Ends an epoch: takes a snapshot of the program's heap and compares it with those before. Answers when that is done; what
   * stood in its way is said in the view.
   */
  'slowcatch/takeSnapshot': [{ readonly id: string; readonly isForced: boolean }, null];
  'slowcatch/leaksText': [ReportAsked, { readonly text: string }];
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
  /** From the server: how far `slowcatch/heapOpen` or `slowcatch/compareSnapshots` is. */
  'slowcatch/heapProgress': HeapProgress & { readonly id: string };
  /** From the server: the `LeaksView` of a recording is another one now. */
  'slowcatch/leaksChanged': { readonly id: string };
}

export interface ReportAsked {
  /** Of a recording, or of a comparison. */
  readonly id: string;
  /** Absolute paths of the snapshots that were compared; they are again where the report is not known any more. */
  readonly files?: readonly string[];
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
  /** Its memory is looked at: snapshots are taken when they are asked for; what costs CPU beside that is not recorded. */
  readonly tracksLeaks?: boolean;
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
  /** Slowcatch's own cost, a share of the program's CPU time, its start left out; absent while it would mean nothing. */
  readonly overheadShare?: number;
  /** New ones only. */
  readonly problems: readonly RecordedProblem[];
  /** Snapshots of its memory can be asked for. */
  readonly tracksLeaks?: boolean;
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

export interface OperationAsked {
  readonly id: string;
  readonly key: string;
}

export interface OperationFile extends ViewFile {
  /** What it is of. */
  readonly key: string;
  readonly name: string;
}

export type { SourcePlace };
