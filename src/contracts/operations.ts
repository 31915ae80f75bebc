/**
 * Operations in a recording: requests, jobs and watched calls that took longer than their threshold.
 *
 *   p<pid>-t<thread>/operations.ndjson   OperationRecord per line: the kept ones
 *                    candidates.ndjson   CandidateRecord per line: slow ones of which a minute has too many, as far as it is not over
 *                    routes.json         RoutesFile, replaced about once a second: all operations, counted by route
 *
 * Raw facts as the agent has seen them; what a gap between two slices was spent on is told by `analysis/operations/`.
 * Times are microseconds, those inside an operation count from its start; starts are CLOCK_MONOTONIC as everywhere.
 *
 *   |─ slice ─|   gap    |─ slice ─|      gap        |─ slice ─|
 *   start      └ waits: query ────┘└ waits: pool, query ─┘     end
 */
import * as v from 'valibot';
import { OPERATION_KINDS, WAIT_KINDS } from './operation-kinds.ts';

/** As V8 tells it, before source maps; 1-based. */
const CallerSchema = v.object({
  file: v.string(),
  line: v.number(),
  column: v.number(),
  /** It awaits what is below it: that did not begin in its call. */
  isAsync: v.optional(v.boolean()),
});
export type CallerRecord = v.InferOutput<typeof CallerSchema>;

/**
 * A wait of which a library or Node itself tells where it begins and ends. Waits may overlap (`Promise.all`), and one may
 * lie in another (within some 100 µs), which then says what for, and the inner one what with:
 *
 *   pool   ⊃ connect (the library's own: a connection is opened) ⊃ connect (node:net) ⊃ dns; crypto (the password)
 *   http   ⊃ connect (node:net) ⊃ dns
 *   query  ⊃ stream (a full socket)
 *   fs     ⊃ fs (`writeFile` opens and writes, streams read)
 *
 * `pool.query` of pg and mysql2 is two in turn, pool and query; several queries of one connection, asked at once, begin
 * together and end in turn. A child's wait lasts until its output has ended, a request's until the last of its body.
 */
const WaitRecordSchema = v.object({
  kind: v.picklist(WAIT_KINDS),
  from: v.number(),
  /** Null: it had not ended when the operation did. */
  length: v.nullable(v.number()),
  /** `pg`, `ioredis`, `undici`, `node:fs`. */
  library: v.string(),
  /** Normalised SQL, a command's name, host and path without query values, a file. Untrusted. */
  detail: v.optional(v.string()),
  /** Where the program asked for it, in operations of routes that were slow; where it awaits it: see `awaits`. */
  file: v.optional(v.string()),
  line: v.optional(v.number()),
  column: v.optional(v.number()),
  /** The program's own code that called there, innermost first. */
  callers: v.optional(v.array(CallerSchema)),
  /** The thread itself stood still for it: it lies in a slice. */
  isOnThread: v.optional(v.boolean()),
});
export type WaitRecord = v.InferOutput<typeof WaitRecordSchema>;

/** An `await` of an armed operation: its place as V8 tells it, before source maps. */
const AwaitRecordSchema = v.object({
  from: v.number(),
  /** Null: it had not gone on when the operation ended. */
  length: v.nullable(v.number()),
  file: v.string(),
  line: v.number(),
  column: v.number(),
  /** What ran last before it went on: Node's name of the native resource (`Timeout`, `TCPWRAP`, `FSREQCALLBACK`). */
  cause: v.string(),
  /** No `await`: who asked Node for what called back then; only the better answer where there is no `await`. */
  isCallback: v.optional(v.boolean()),
  /** As `WaitRecord.callers`. */
  callers: v.optional(v.array(CallerSchema)),
});
export type AwaitRecord = v.InferOutput<typeof AwaitRecordSchema>;

/** How a slice came to begin, for each but the first, by its index. */
const ResumeRecordSchema = v.object({
  slice: v.number(),
  /** As `AwaitRecord.cause`; empty when unknown. */
  cause: v.string(),
  /** How long it could have run but the thread was at something else: exactly for timers, else at least. */
  ready: v.number(),
  /** Not exact: perhaps so long, for the thread was busy without a stop. */
  readyAtMost: v.optional(v.number()),
});
export type ResumeRecord = v.InferOutput<typeof ResumeRecordSchema>;

const FrameSchema = v.object({ name: v.string(), file: v.string(), line: v.number(), column: v.number() });

export const OperationRecordSchema = v.object({
  type: v.literal('operation'),
  /** Within its thread, from 1. */
  id: v.number(),
  /** The operation inside which it began; its slices are this one's, the outer one's time includes them. */
  parent: v.optional(v.number()),
  kind: v.picklist(OPERATION_KINDS),
  /** `GET /orders/:id` where the framework tells its route, else the path with numbers and ids as `:id`. Untrusted. */
  name: v.string(),
  /** The path as it was asked for, query values left out. Untrusted. */
  detail: v.optional(v.string()),
  /** HTTP status; a call's or a job's end. */
  status: v.optional(v.union([v.number(), v.picklist(['ok', 'error'])])),
  /** `ended`; `aborted`: the client went away; `open`: it was still going on when the recording stopped. */
  end: v.picklist(['ended', 'aborted', 'open']),
  /** Of the watched function, or of a stall's culprit: before source maps. */
  file: v.optional(v.string()),
  line: v.optional(v.number()),
  column: v.optional(v.number()),
  /** CLOCK_MONOTONIC. */
  startMicroseconds: v.number(),
  durationMicroseconds: v.number(),
  thresholdMicroseconds: v.number(),
  /** Await sites were looked for. */
  isArmed: v.boolean(),
  /** Start and length in turns, ascending. */
  slices: v.array(v.number()),
  /** The beginning of its slices was overwritten: its time up to here is unknown. */
  slicesFrom: v.optional(v.number()),
  resumes: v.array(ResumeRecordSchema),
  waits: v.array(WaitRecordSchema),
  awaits: v.array(AwaitRecordSchema),
  /**
   * Operations inside it that may have a record of their own, and whose slices, waits and awaits are in this one too:
   * they went on when it ended, the one around them has no record, or theirs was still to be chosen. Those that have none
   * are in it without being named.
   */
  inner: v.optional(v.array(v.number())),
  /** Waits and awaits beyond the limit were counted only. */
  dropped: v.optional(v.number()),
  /** A stall's stack, innermost first, taken while the thread was blocked. */
  stack: v.optional(v.array(FrameSchema)),
  /** A worker thread's stall: `stack` is what most samples of it have. */
  isSampled: v.optional(v.boolean()),
  /** A stall: the operation that blocked the loop. */
  blocker: v.optional(v.object({ id: v.number(), name: v.string() })),
});
export type OperationRecord = v.InferOutput<typeof OperationRecordSchema>;

/** Place of an operation that another one of its minute may replace. */
const PlaceSchema = v.object({
  route: v.string(),
  minute: v.number(),
  /** -1: the slowest of its minute; else the number in a sample of the others. */
  index: v.number(),
});
export type Place = v.InferOutput<typeof PlaceSchema>;

/** Of those with one place the last counts. */
export const CandidateRecordSchema = v.object({ place: PlaceSchema, record: OperationRecordSchema });
export type CandidateRecord = v.InferOutput<typeof CandidateRecordSchema>;

/**
 * Durations in 1/8 octaves: bucket b holds 2^(b/8) ≤ µs < 2^((b+1)/8), so a percentile is right within 9 %.
 * Pairs of bucket and count, ascending.
 */
const HistogramSchema = v.array(v.tuple([v.number(), v.number()]));

const RouteSchema = v.object({
  kind: v.picklist(OPERATION_KINDS),
  name: v.string(),
  count: v.number(),
  /** Above the threshold. */
  slowCount: v.number(),
  keptCount: v.number(),
  /** Server errors (5xx), rejected calls, failed jobs. */
  errorCount: v.number(),
  thresholdMicroseconds: v.number(),
  totalMicroseconds: v.number(),
  maxMicroseconds: v.number(),
  durations: HistogramSchema,
  /** A watched function that is called too often to be followed: only 1 in so many calls is. */
  oneIn: v.optional(v.number()),
});
export type RouteCounts = v.InferOutput<typeof RouteSchema>;

export const RoutesFileSchema = v.object({
  version: v.literal(1),
  atMicroseconds: v.number(),
  routes: v.array(RouteSchema),
  /** What cannot be followed in this thread, for people: an overridden AsyncLocalStorage, a watched function that is gone. */
  problems: v.array(v.object({ code: v.string(), detail: v.string() })),
  /** Of a recording with watched functions, told at its end: files of `watched.json` in which they were watched here. */
  watched: v.optional(v.array(v.string())),
});
export type RoutesFile = v.InferOutput<typeof RoutesFileSchema>;
