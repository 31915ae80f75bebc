/**
 * The boundary between the host (recorder) and the agent inside a program.
 *
 * host ── spawns or injects ──► agent    configuration: one environment variable, JSON
 * host ◄── hello, problem, stopped ─ agent    NDJSON over a Unix socket or named pipe
 * host ── stop, heap ────────► agent
 * host ◄── heap ────────────── agent
 *
 * Measured data never crosses the socket: the agent writes it into the recording folder itself
 * (what is sent while a process exits is lost; what is written is not).
 */
import type { AgentProblemCode } from './recording.ts';
import type { OperationsConfiguration } from './operation-kinds.ts';
import type { Microseconds } from './units.ts';

export const AGENT_PROTOCOL_VERSION = 1;

/** Environment variable that holds an `AgentConfiguration` as JSON; inherited by children and worker threads. */
export const AGENT_VARIABLE = 'SLOWCATCH_AGENT';

/** Name (`Symbol.for`) under which a running agent is found by an injected second one and by the in-code API. */
export const AGENT_SYMBOL_NAME = 'slowcatch.agent.1';

export interface AgentConfiguration {
  readonly version: typeof AGENT_PROTOCOL_VERSION;
  /** Absolute path of the agent bundle, with forward slashes. */
  readonly agent: string;
  /** Path of the host's Unix socket or named pipe. */
  readonly socket: string;
  /** One-time secret; the host drops every connection that does not open with it. */
  readonly token: string;
  /** Absolute path of the recording folder. */
  readonly folder: string;
  readonly intervalMicroseconds: Microseconds;
  /** Where memory is allocated is recorded too. */
  readonly allocations?: boolean;
  /** What is still held is sampled without a break and finished requests are counted: snapshots of the heap may be asked for. */
  readonly leaks?: boolean;
  /** How much of each garbage collection is recorded; by default the heap before and after as well, by space. */
  readonly collections?: 'pauses' | 'heap';
  /** Operations are followed; absent: they are not. */
  readonly operations?: OperationsConfiguration;
  /** `watch`: of the CPU profile only what kept operations need stays. */
  readonly kind?: 'profile' | 'watch';
  /** The inspector was open before we came: a debugger may listen to all that the profiler says. */
  readonly hasDebugger?: boolean;
  /** False: the editor runs the program without debugging, though its inspector is open. */
  readonly isDebugged?: boolean;
}

/** First message of every sampled process. */
export interface Hello {
  readonly type: 'hello';
  readonly version: typeof AGENT_PROTOCOL_VERSION;
  readonly token: string;
  readonly pid: number;
  readonly parentPid: number;
  readonly argv: readonly string[];
  readonly execPath: string;
  readonly nodeVersion: string;
}

/** The last segment of this process is on disk and the agent's hooks are removed. */
export interface Stopped {
  readonly type: 'stopped';
  readonly pid: number;
}

/** Something that could not be done, where the recording itself may be what failed (disk full). */
export interface AgentProblem {
  readonly type: 'problem';
  readonly pid: number;
  readonly code: AgentProblemCode;
  readonly detail: string;
}

/** Answer to a `HeapRequest`. */
export interface HeapAnswer {
  readonly type: 'heap';
  readonly pid: number;
  readonly request: number;
  /** Why it could not be done; the numbers are all 0 then. */
  readonly problem?: string;
  readonly look: HeapLook;
}

export interface HeapLook {
  /** Of V8's heap, before. */
  readonly usedBytes: number;
  /** Of these, in V8's spaces for large objects. */
  readonly largeBytes: number;
  readonly rssBytes: number;
  /** What the process may still take: of the machine, or of its container. */
  readonly freeBytes: number;
  /** Requests that the process has answered since the recording began. */
  readonly requests: number;
  /** How long the main thread stood still; 0 without a snapshot. */
  readonly pauseMicroseconds: number;
  /** How much larger than before the process has been meanwhile, as far as the system tells. */
  readonly extraBytes: number;
}

export const NO_HEAP_LOOK: HeapLook = {
  ...{
    usedBytes: 0,
    largeBytes: 0,
    rssBytes: 0,
    freeBytes: 0,
    requests: 0,
    pauseMicroseconds: 0,
    extraBytes: 0,
  },
};

export type AgentMessage = Hello | AgentProblem | Stopped | HeapAnswer;

/** Ends the recording in a process that goes on running. */
export interface Stop {
  readonly type: 'stop';
}

/** Asks how large the heap of the main thread is; with a `file`, for a snapshot of it there. */
export interface HeapRequest {
  readonly type: 'heap';
  readonly request: number;
  /** Absolute path. */
  readonly file?: string;
}

export type HostMessage = Stop | HeapRequest;

/** What the agent bundle's `attach` answers to an injection; `failed` carries the reason in `detail`. */
export interface AttachOutcome {
  readonly outcome:
    'started' | 'active' | 'wrapper' | 'tool-thread' | 'permission-model' | 'node-too-old' | 'failed';
  readonly detail: string;
}

/** What the agent publishes under `AGENT_SYMBOL_NAME` for the in-code API. */
export interface PublishedAgent {
  /** Puts a named point in time into the recording. */
  readonly mark: (name: string) => void;
  /** A call begins whose garbage collections are to be told apart; answers what to call at its end. */
  readonly track: (name: string) => () => void;
  /**
   * Runs `work` as an operation: what it waits for and burns is its own. Answers what `work` answers; a promise is
   * followed by another one of the same result. Absent: operations are not followed.
   */
  readonly call?: (name: string, thresholdMilliseconds: number | undefined, work: () => unknown) => unknown;
}
