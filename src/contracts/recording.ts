/** The records of a recording (see recording-files.ts) with their schemas: what comes from disk is checked. */
import * as v from 'valibot';
import { HeldRecordSchema } from './held-records.ts';
import { RECORDING_VERSION } from './recording-files.ts';
import {
  CollectionsRecordSchema,
  SampleRecordSchema,
  TrackedRecordSchema,
  UnseenRecordSchema,
} from './runtime-records.ts';

const Problem = v.object({
  code: v.string(),
  message: v.string(),
  advice: v.string(),
});
export type RecordedProblem = v.InferOutput<typeof Problem>;

export const ManifestSchema = v.object({
  version: v.literal(RECORDING_VERSION),
  id: v.string(),
  kind: v.picklist(['profile', 'watch']),
  /** `saved` once the recorder has closed it; a recording whose recorder was killed stays `recording`. */
  state: v.picklist(['recording', 'saved']),
  /** What the user started, for display. */
  name: v.string(),
  command: v.array(v.string()),
  cwd: v.string(),
  /** Name of the launch configuration, if one was used. */
  configuration: v.optional(v.string()),
  /** ISO 8601, wall clock, for display only; times of samples are monotonic. */
  startedAt: v.string(),
  stoppedAt: v.optional(v.string()),
  intervalMicroseconds: v.number(),
  platform: v.string(),
  /** Process that records: while it lives, `recording` is true. */
  recorderPid: v.optional(v.number()),
  endedBy: v.optional(v.picklist(['program', 'duration', 'load', 'user'])),
  exitCode: v.optional(v.nullable(v.number())),
  exitSignal: v.optional(v.nullable(v.string())),
  problems: v.array(Problem),
});
export type Manifest = v.InferOutput<typeof ManifestSchema>;

/** What users have said about a recording. */
export const LabelSchema = v.object({
  name: v.optional(v.string()),
  isPinned: v.optional(v.boolean()),
  /** Folder in which the files lie now that were recorded below the manifest's `cwd`. */
  folder: v.optional(v.string()),
});
export type Label = v.InferOutput<typeof LabelSchema>;

/** SHA-256 by absolute path: of the sources as they were when they ran; absent where that cannot be told. */
export const FileHashesSchema = v.record(v.string(), v.string());
export type FileHashes = v.InferOutput<typeof FileHashesSchema>;

export const ScriptRecordSchema = v.object({
  scriptId: v.string(),
  url: v.string(),
  /** SHA-256 of the UTF-8 text that V8 ran: names the file below `sources/`. Null when the text could not be had. */
  sha256: v.nullable(v.string()),
  /** As V8 read it from the script: a relative or absolute URL, or a `data:` URL. Empty when there is none. */
  sourceMapUrl: v.string(),
  /** 0-based place of the text's first character inside its file (`vm.Script` options). */
  startLine: v.number(),
  startColumn: v.number(),
});
export type ScriptRecord = v.InferOutput<typeof ScriptRecordSchema>;

/** A stack with its inlined functions, as V8's sampler does not give it before Node 26: taken at random times. */
export const StackRecordSchema = v.object({
  /** How often it was met since the record before. */
  count: v.number(),
  /** Innermost first, the last ones cut off; places that were running, 1-based; code without a file is left out. */
  frames: v.array(v.object({ file: v.string(), line: v.number(), column: v.number() })),
});
export type StackRecord = v.InferOutput<typeof StackRecordSchema>;

const ThreadRecord = v.object({
  type: v.literal('thread'),
  version: v.literal(RECORDING_VERSION),
  pid: v.number(),
  parentPid: v.number(),
  threadId: v.number(),
  /** For worker threads: the file or name given to `new Worker`. */
  name: v.string(),
  argv: v.array(v.string()),
  execArgv: v.array(v.string()),
  cwd: v.string(),
  nodeVersion: v.string(),
  v8Version: v.string(),
  intervalMicroseconds: v.number(),
  /** Path of the agent's bundle: what it burns is Slowcatch's own cost, not the program's. */
  agent: v.string(),
  atMicroseconds: v.number(),
  /** The wall clock at that moment. */
  atMilliseconds: v.optional(v.number()),
  /** Wall clock: when the process started. A file that was written later may not be what ran. */
  startedAtMilliseconds: v.optional(v.number()),
});
export type ThreadRecord = v.InferOutput<typeof ThreadRecord>;

/** What Slowcatch itself cost in this thread so far; the newest record counts. */
const OverheadRecord = v.object({
  type: v.literal('overhead'),
  atMicroseconds: v.number(),
  /**
   * Time the sampled thread stood still for us, measured: to begin, to swap segments, to read scripts, to end; of a main
   * thread on Linux without that in which the machine gave it no processor, which the longest one and swaps have.
   */
  stallMicroseconds: v.number(),
  longestStallMicroseconds: v.number(),
  /** The part of it that goes on for as long as the recording: swaps of segments. */
  swaps: v.number(),
  swapMicroseconds: v.number(),
  longestSwapMicroseconds: v.number(),
  /** What following operations has cost the thread, estimated by a sample of its hooks' calls. */
  hooksMicroseconds: v.optional(v.number()),
  /** CPU of the collector's and V8's sampler threads: measured where the system tells (Linux), else null. */
  collectorMicroseconds: v.nullable(v.number()),
  samplerMicroseconds: v.nullable(v.number()),
  /** CPU of the whole process since the agent started. */
  processMicroseconds: v.number(),
});
export type OverheadRecord = v.InferOutput<typeof OverheadRecord>;

/** A heap profile was written; a later record of the same turn replaces it. */
const AllocationsRecord = v.object({
  type: v.literal('allocations'),
  metric: v.picklist(['allocated', 'live']),
  /** See `allocationFile`. */
  turn: v.number(),
  /** From when to when allocations were watched. */
  fromMicroseconds: v.number(),
  atMicroseconds: v.number(),
  /** How long V8 collected garbage for it then. */
  stallMicroseconds: v.number(),
});
export type AllocationsRecord = v.InferOutput<typeof AllocationsRecord>;

/** Codes of what an agent could not do in its thread; each stands in the `UserError` catalogue. */
export const AGENT_PROBLEMS = [
  'segment-not-written',
  'cpu-prof-too',
  'debugger-attached',
  'agent-failed',
  'heap-profiler-in-use',
] as const;
export type AgentProblemCode = (typeof AGENT_PROBLEMS)[number];

const ProblemRecord = v.object({
  type: v.literal('problem'),
  atMicroseconds: v.number(),
  code: v.picklist(AGENT_PROBLEMS),
  detail: v.string(),
});

/** `mark(name)` of the in-code API. */
const MarkRecord = v.object({ type: v.literal('mark'), atMicroseconds: v.number(), name: v.string() });

const EndRecord = v.object({
  type: v.literal('end'),
  atMicroseconds: v.number(),
  reason: v.picklist(['exit', 'stop', 'host-gone']),
});

export const RuntimeRecordSchema = v.variant('type', [
  ThreadRecord,
  OverheadRecord,
  ProblemRecord,
  MarkRecord,
  AllocationsRecord,
  HeldRecordSchema,
  CollectionsRecordSchema,
  UnseenRecordSchema,
  SampleRecordSchema,
  TrackedRecordSchema,
  EndRecord,
]);
export type RuntimeRecord = v.InferOutput<typeof RuntimeRecordSchema>;

/** A process of the program that the agent left alone. */
export const BystanderSchema = v.object({
  pid: v.number(),
  argv: v.array(v.string()),
  nodeVersion: v.string(),
  /** `wrapper`: npm, npx, yarn, pnpm, tsx's launcher, nodemon: they only start the program. */
  reason: v.picklist(['wrapper', 'node-too-old', 'no-inspector', 'permission-model', 'agent-failed']),
  detail: v.optional(v.string()),
});
export type Bystander = v.InferOutput<typeof BystanderSchema>;
