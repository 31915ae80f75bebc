/**
 * What an agent writes into `runtime.ndjson` of its thread about objects that are still held, by the function that has
 * allocated them: of a live heap profile the largest, so that a long recording stays small.
 */
import * as v from 'valibot';

/** `name`, `url`, script id, 1-based line and column of the function as V8 has them; 0 for none. */
const HeldFrameSchema = v.tuple([v.string(), v.string(), v.string(), v.number(), v.number()]);
export type HeldFrame = v.InferOutput<typeof HeldFrameSchema>;

const HeldSiteSchema = v.object({
  /** Indexes into `frames`, innermost first: the stack that holds most. The first one is the site. */
  stack: v.array(v.number()),
  bytes: v.number(),
  /** Sampled objects, and those of them that were not there at the look before. */
  objects: v.number(),
  fresh: v.number(),
});
export type HeldSite = v.InferOutput<typeof HeldSiteSchema>;

export const HeldRecordSchema = v.object({
  type: v.literal('held'),
  atMicroseconds: v.number(),
  /** Objects are of what was allocated since then; see `AllocationsRecord.turn`. */
  fromMicroseconds: v.number(),
  turn: v.number(),
  /** One object per so many bytes is sampled, on average. */
  intervalBytes: v.number(),
  /** What the look has cost the thread: its stall, without what a busy machine gave it no processor for. */
  costMicroseconds: v.number(),
  /** HTTP requests that were answered since the recording began, and those of them before `fromMicroseconds`. */
  requests: v.number(),
  fromRequests: v.number(),
  /** V8's heap right after garbage was collected. */
  floorBytes: v.number(),
  frames: v.array(HeldFrameSchema),
  /** The largest first. */
  sites: v.array(HeldSiteSchema),
  /** All sampled objects, those of sites that are not listed too. */
  objects: v.number(),
});
export type HeldRecord = v.InferOutput<typeof HeldRecordSchema>;
