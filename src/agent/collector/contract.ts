/**
 * What crosses between the sampled threads of a process and its collector worker.
 *
 * main ── workerData ──► collector        everything it needs to begin
 * main ── MessagePort: MainMessage ──► collector
 * worker threads of the program ◄── BroadcastChannel: ThreadMessage, CollectorMessage ──► collector
 */
import type { MessagePort } from 'node:worker_threads';
import type { AgentConfiguration } from '../../contracts/agent.ts';
import type { OperationRecord, Place, RouteCounts, RoutesFile } from '../../contracts/operations.ts';
import type { AllocationMetric } from '../../contracts/profile-source.ts';
import type { RuntimeRecord, ThreadRecord } from '../../contracts/recording.ts';
import type { Stall } from './main-stall.ts';

export const COLLECTOR_MARK = 'slowcatch-collector';
export const CHANNEL = 'slowcatch.agent.1';

/** Int32 cells shared by main and collector; main sleeps on them with `Atomics.wait`. */
export const CELL = { ready: 0, finished: 1, released: 2, length: 3 } as const;

export interface CollectorData {
  readonly mark: typeof COLLECTOR_MARK;
  readonly configuration: AgentConfiguration;
  readonly cells: Int32Array;
  /** When the main thread's event loop has turned last; see stalls/heartbeat.ts. */
  readonly beats: Float64Array;
  readonly port: MessagePort;
  readonly thread: ThreadRecord;
  /** Main hands over finished profiles itself; else the collector takes them through its session. */
  readonly direct: boolean;
  /** Main samples by a session of its own, in long segments. */
  readonly shared: boolean;
  /** Profiles come as `v8.startCpuProfile` writes them, names and URLs not escaped. */
  readonly raw: boolean;
  /** Transpilers or loaders are at work: the text of a file may not be what V8 runs. */
  readonly transpiles: boolean;
}

/** What V8 has sampled of a thread's allocations in a turn up to now; a later one of the same turn replaces it. */
export interface AllocationPart {
  readonly metric: AllocationMetric;
  /** Number of the turn, from 1. */
  readonly turn: number;
  readonly fromMicroseconds: number;
  readonly toMicroseconds: number;
  /** How long the thread stood still for it. */
  readonly stallMicroseconds: number;
  /** See `HeldRecord`. */
  readonly intervalBytes: number;
  readonly costMicroseconds: number;
  readonly requests: number;
  readonly fromRequests: number;
  readonly floorBytes: number;
  /** V8's JSON. */
  readonly profile: string;
}

/** In the place of the time until something that does not come. */
export const NEVER = -1;

/** A slow operation. With a place it may still be replaced by another one of its minute: see operations/keep-budget.ts. */
export interface KeptOperation {
  readonly record: OperationRecord;
  readonly place?: Place;
}

/** What a thread's operations have come to since it told the last time. */
export interface OperationsNews {
  readonly atMicroseconds: number;
  readonly kept: readonly KeptOperation[];
  /** Whole counts of the routes that have changed. */
  readonly routes: readonly RouteCounts[];
  readonly problems: RoutesFile['problems'];
  readonly watched?: RoutesFile['watched'];
  /** When the oldest operation has begun that still goes on. */
  readonly openSinceMicroseconds?: number;
  /** What our hooks have cost the thread, estimated by a sample of their calls. */
  readonly hooksMicroseconds: number;
}

export type MainMessage =
  | { readonly type: 'segment'; readonly profile: string }
  | { readonly type: 'record'; readonly record: RuntimeRecord }
  | { readonly type: 'allocations'; readonly part: AllocationPart }
  | { readonly type: 'records'; readonly records: readonly RuntimeRecord[] }
  | { readonly type: 'operations'; readonly news: OperationsNews }
  | { readonly type: 'scripts'; readonly scripts: readonly ScriptText[] }
  /** A transpiler has come to work since the beginning. */
  | { readonly type: 'transpiles' }
  /** No more segments come; `segments` of them were sent in all (they may arrive later: another channel). */
  | { readonly type: 'ended'; readonly segments: number };

/** Text of a script as V8 runs it. */
export interface ScriptText {
  readonly scriptId: string;
  readonly url: string;
  readonly text: string;
  readonly startLine: number;
  readonly startColumn: number;
}

interface FromThread {
  readonly to: 'collector';
  readonly threadId: number;
}

export type ThreadMessage = FromThread &
  /** Sampling has begun: the end of the process waits for what the thread still has to send. */
  (
    | { readonly type: 'began' }
    | {
        readonly type: 'segment';
        /** Carried by every segment: the collector may not have been up yet when the thread began. */
        readonly thread: ThreadRecord;
        readonly transpiles: boolean;
        readonly profile: string;
        readonly stall: Stall;
      }
    | {
        readonly type: 'allocations';
        readonly thread: ThreadRecord;
        readonly transpiles: boolean;
        readonly part: AllocationPart;
      }
    | { readonly type: 'scripts'; readonly scripts: readonly ScriptText[] }
    | { readonly type: 'operations'; readonly news: OperationsNews }
    | { readonly type: 'record'; readonly record: RuntimeRecord }
    | {
        readonly type: 'records';
        readonly records: readonly RuntimeRecord[];
        /** What it costs to have them, since the last ones. */
        readonly costMicroseconds: number;
      }
    | { readonly type: 'ended' }
  );

export type CollectorMessage =
  /** End the recording in every worker thread. */
  | { readonly to: 'threads'; readonly type: 'finish' }
  /** The collector lacks the text of these scripts of one thread. */
  | {
      readonly to: 'threads';
      readonly type: 'read-scripts';
      readonly threadId: number;
      readonly scriptIds: readonly string[];
    };

export type ChannelMessage = ThreadMessage | CollectorMessage;
