/**
 * What an agent writes into `runtime.ndjson` of its thread about the heap and the event loop. Columns: one entry per
 * row, all of one length; points in time are CLOCK_MONOTONIC.
 */
import * as v from 'valibot';

const Numbers = v.array(v.number());

/** Pauses that are not listed one by one, of one kind. */
const FurtherPausesSchema = v.object({
  /** `GC_TYPE` */
  kind: v.number(),
  count: v.number(),
  pauseMicroseconds: v.number(),
  longestMicroseconds: v.number(),
  /** Pairs of step and count; step n: up to 2^(n/4) microseconds, see contracts/garbage-collection.ts. */
  steps: v.array(v.tuple([v.number(), v.number()])),
});
export type FurtherPauses = v.InferOutput<typeof FurtherPausesSchema>;

/** The collections of about a second, in the order in which they ended. */
export const CollectionsRecordSchema = v.object({
  type: v.literal('collections'),
  atMicroseconds: v.number(),
  /** When each began, after `atMicroseconds` (may be negative). */
  offsetMicroseconds: Numbers,
  pauseMicroseconds: Numbers,
  /** `GC_TYPE` */
  kind: Numbers,
  /** V8's `GCCallbackFlags`; null where the thread was too busy to tell. */
  flags: v.array(v.nullable(v.number())),
  /** The thread was blocked: the order is known, and that they happened within about a second of these times. */
  areTimesEstimated: v.optional(v.boolean()),
  /** Used bytes before and after each; absent where only pauses were recorded. Spaces without a byte are left out. */
  heap: v.optional(
    v.object({
      before: Numbers,
      after: Numbers,
      spaces: v.array(v.object({ name: v.string(), before: Numbers, after: Numbers })),
    }),
  ),
  /** More collections than are listed: the rest by kind, in the same time. */
  further: v.optional(v.array(FurtherPausesSchema)),
});
export type CollectionsRecord = v.InferOutput<typeof CollectionsRecordSchema>;

/** The process was ending, or let go of, before it could tell of collections in its last stretch of work. */
export const UnseenRecordSchema = v.object({
  type: v.literal('unseen'),
  atMicroseconds: v.number(),
  fromMicroseconds: v.number(),
});

const OfProcess = v.nullable(v.number());

/** About once a second. */
export const SampleRecordSchema = v.object({
  type: v.literal('sample'),
  atMicroseconds: v.number(),
  /** Since the sample before, or the beginning. */
  spanMicroseconds: v.number(),
  heapUsedBytes: v.number(),
  heapTotalBytes: v.number(),
  externalBytes: v.number(),
  /** Null on Node 20, where asking for it ends a process that has closed its output. */
  arrayBuffersBytes: v.nullable(v.number()),
  /** Used bytes of each of V8's heap spaces; empty ones are left out. */
  spaces: v.record(v.string(), v.number()),
  /** Of the process, told by its main thread. */
  rssBytes: OfProcess,
  userMicroseconds: OfProcess,
  systemMicroseconds: OfProcess,
  /** CPU time of the thread; null where the system does not tell, absent in records of the first version. */
  threadMicroseconds: v.optional(v.nullable(v.number()), null),
  /** How late timers were; null while the loop was blocked all the time: the next sample tells. */
  loopDelay: v.nullable(
    v.object({ p50Microseconds: v.number(), p99Microseconds: v.number(), maxMicroseconds: v.number() }),
  ),
});
export type SampleRecord = v.InferOutput<typeof SampleRecordSchema>;

/** Calls of functions that were given to `trackGcStats`, in the order in which they ended. */
export const TrackedRecordSchema = v.object({
  type: v.literal('tracked'),
  atMicroseconds: v.number(),
  names: v.array(v.string()),
  /** Index into `names`. */
  name: Numbers,
  /** When each began, after `atMicroseconds` (may be negative). */
  offsetMicroseconds: Numbers,
  durationMicroseconds: Numbers,
  /** Calls that are not listed: too many in this second. */
  further: v.array(v.object({ name: v.string(), count: v.number() })),
});
export type TrackedRecord = v.InferOutput<typeof TrackedRecordSchema>;
