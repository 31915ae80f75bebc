/**
 * Watched functions: settings name them, the host computes text insertions, and the agent applies them when a program
 * loads the file.
 */
import * as v from 'valibot';

/** What a user watches, as it stands in the workspace's settings. */
export interface WatchSetting {
  /** Relative to the workspace folder, with forward slashes, or absolute. */
  readonly file: string;
  /** What stands around it and its own name: `OrderService.findAll`. */
  readonly function: string;
  /** Where it was, 1-based: tells functions of one name apart. */
  readonly line?: number;
  readonly thresholdMilliseconds: number;
}

const WatchedFunctionSchema = v.object({
  /** What the inserted text calls it by; of one function always the same. */
  id: v.number(),
  name: v.string(),
  /** In the file as the program reads it, 1-based. */
  line: v.number(),
  column: v.number(),
  thresholdMilliseconds: v.number(),
  /** Whoever asks it for values is its caller, each time. */
  isGenerator: v.optional(v.boolean()),
  isAsync: v.optional(v.boolean()),
  /** Absolute path of the file that settings name, where this one was made from it. */
  source: v.optional(v.string()),
});
export type WatchedFunction = v.InferOutput<typeof WatchedFunctionSchema>;

/** What of one workspace folder is watched. */
export interface WatchRequest {
  readonly functions: readonly WatchSetting[];
  /** Absolute path of the folder that their files are relative to, and in which compiled ones are looked for. */
  readonly folder: string;
}

/** Functions of one file that the program reads; `watched.json` of a recording is a list of these. */
const WatchedFileSchema = v.object({
  /** Absolute path of the file that the program reads. */
  file: v.string(),
  /** SHA-256 of its bytes, hex: another text is left as it is, which the recording says. */
  sha256: v.string(),
  /** SHA-256 of the text with the insertions. */
  editedSha256: v.string(),
  /** Offset in UTF-16 code units and the text to put there, ascending; no insertion holds a line break. */
  edits: v.array(v.tuple([v.number(), v.string()])),
  functions: v.array(WatchedFunctionSchema),
});
export type WatchedFile = v.InferOutput<typeof WatchedFileSchema>;

export const WatchedFilesSchema = v.array(WatchedFileSchema);
