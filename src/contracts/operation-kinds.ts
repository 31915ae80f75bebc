/** What is followed, and what it can wait for. */

/**
 *  http, http2  a request that the program serves
 *  job          a job of a queue (bull, bullmq)
 *  call         a watched function, `profileAsync`, `track`
 *  stall        the event loop was blocked for longer than the threshold
 */
export const OPERATION_KINDS = ['http', 'http2', 'job', 'call', 'stall'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** What an operation can wait for, or spend time on its thread with. The order is that of the operation panel. */
export const WAIT_KINDS = [
  'pool', // a connection or an object of a pool
  'query', // a database's answer, also Redis
  'http', // an outgoing request
  'fs',
  'dns',
  'connect', // TCP, TLS, a database's handshake
  'timer',
  'lock', // mutexes, semaphores, limiters, navigator.locks, Atomics
  'stream', // back-pressure, a body that is still coming
  'child', // a child process
  'worker', // a worker thread's answer
  'crypto', // libuv's thread pool: crypto, zlib
] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/**
 * What each microsecond of an operation went to: exactly one of these, or of the waits.
 *
 *  cpu      its code ran
 *  gc       its thread collected garbage while it was running, or could have been
 *  loop     it could go on, but its thread was at something else
 *  unknown  no evidence tells
 */
export const LEDGER_KINDS = ['cpu', 'gc', 'loop', ...WAIT_KINDS, 'unknown'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** What the host tells the agent about operations (`AgentConfiguration.operations`). */
export interface OperationsConfiguration {
  readonly thresholdMilliseconds: number;
  /** The first that fits counts; `name` as in `OperationRecord.name`. */
  readonly thresholds?: readonly {
    readonly kind?: OperationKind;
    readonly name?: string;
    readonly thresholdMilliseconds: number;
  }[];
  /** Of the operations of a route that was slow, one in so many looks for its await sites. */
  readonly armOneIn: number;
  /** So many slow operations of a route are kept in each minute before only a sample is; 20 by default. */
  readonly firstPerMinute?: number;
  /** Absolute path of a `WatchedFile[]`, JSON; see contracts/watched.ts. */
  readonly watched?: string;
}

/** What is followed unless the user says otherwise. */
export const DEFAULT_OPERATIONS: OperationsConfiguration = { thresholdMilliseconds: 100, armOneIn: 10 };

/** The limits of a threshold: below a millisecond everything is slow. */
export const THRESHOLD_MILLISECONDS = { least: 1, most: 3_600_000 } as const;
