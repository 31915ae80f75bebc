/** A recording folder as values: the manifest, and one repaired call tree per sampled thread. */
import { WATCHED_PROBLEMS } from '../contracts/watched-call.ts';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { MANIFEST_FILE, STACKS_FILE } from '../contracts/recording-files.ts';
import type { TimeRange } from '../contracts/profile-source.ts';
import {
  ManifestSchema,
  StackRecordSchema,
  type Manifest,
  type RecordedProblem,
  type RuntimeRecord,
  type ThreadRecord,
} from '../contracts/recording.ts';
import { UserError, type UserErrorCode } from '../contracts/user-error.ts';
import { overheadSpan } from '../analysis/cpu/overhead.ts';
import { joinedSpans, type TimeSpan } from '../model/cpu/time-span.ts';
import type { Frame } from '../model/cpu/profile.ts';
import { isTranspiled, scriptPlacement } from '../model/source/script-placement.ts';
import { spansOfAll } from '../model/operations/own-spans.ts';
import { pauses } from '../model/operations/pauses.ts';
import type { ThreadOperations } from '../model/operations/thread-operations.ts';
import { loopPlacement, positionPlacement } from '../model/source/script-positions.ts';
import type { AllocationInput } from '../present/allocations.ts';
import { fileOf } from '../model/source/source-url.ts';
import { recordedTexts, type RecordedTexts } from './changed-files.ts';
import { readLines } from './ndjson.ts';
import { Problems } from './problems.ts';
import { neverLoaded } from './watch/never-loaded.ts';
import { readOperations, type RecordedOperations } from './recorded-operations.ts';
import { threadOperations } from './thread-operations.ts';
import { readAllocations } from './recorded-allocations.ts';
import { heldThread } from './recorded-held.ts';
import { ranSpan, readThreads, type RecordedThread } from './recorded-threads.ts';
import { partOf, spanOf } from './recording-range.ts';
import { RecordingParts } from './recording-parts.ts';
import type { ThreadScript } from './shared-sources.ts';
import { placeThread, type ThreadProfile, type WholeThread } from './thread-profile.ts';

export interface OpenedRecording {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly recorded: readonly RecordedThread[];
  readonly threads: readonly ThreadProfile[];
  /** By thread and metric; empty unless allocations were recorded. */
  readonly allocations: readonly AllocationInput[];
  /** By thread; also of threads that nothing was sampled of. */
  readonly operations: readonly ThreadOperations[];
  readonly problems: readonly RecordedProblem[];
  /**
   * From the first to the last sample of all threads, on the clock that also the agents' records have: its start is the
   * zero of every `TimeRange`. Undefined when nothing was sampled. Of a watch recording, which has only some samples, from
   * its first thread's beginning to the last record.
   */
  readonly span: TimeSpan | undefined;
  /** Where only a part was asked for: as far as it lies in the recording. */
  readonly range?: TimeRange;
}

/** What parts can be had of without reading all of it again. */
export interface WholeRecording extends OpenedRecording {
  readonly threads: readonly WholeThread[];
}

/**
 * Throws `recording-not-readable`. What is damaged inside is skipped and listed. `parts` may be those of an earlier
 * opening, when the recording was not yet complete. With a `range` the threads have only the time that lies in it.
 */
export async function openRecording(folder: string, parts?: RecordingParts): Promise<WholeRecording>;
export async function openRecording(
  folder: string,
  parts: RecordingParts | undefined,
  range: TimeRange | undefined,
): Promise<OpenedRecording>;
export async function openRecording(
  folder: string,
  parts: RecordingParts = new RecordingParts(folder),
  range?: TimeRange,
): Promise<OpenedRecording> {
  const whole = await openWhole(folder, parts);
  return range ? recordingWithin(whole, range) : whole;
}

/** A range of an opened recording: reads only the segments that touch it. */
export async function recordingWithin(whole: WholeRecording, range: TimeRange): Promise<OpenedRecording> {
  const part = await partOf(whole.threads, whole.span, range);
  // Heap profiles have no times: they are of the whole recording.
  return { ...whole, ...part, allocations: [], problems: [...whole.problems, ...part.problems] };
}

async function openWhole(folder: string, parts: RecordingParts): Promise<WholeRecording> {
  const manifest = await readManifest(folder);
  const problems = new Problems();
  const recorded = await readThreads(folder);
  const { earlier, changed } = await recordedTexts(folder, recorded);
  if (changed.length > 0) problems.add('text-changed', { files: fileList(changed) });
  const isWatch = manifest.kind === 'watch';
  const opening = { parts, problems, ended: endsByItself(manifest), earlier, isWatch };
  const threads: WholeThread[] = [];
  const allocations: AllocationInput[] = [];
  const operations: ThreadOperations[] = [];
  for (const each of recorded) {
    const told = await readOperations(each.folder);
    const thread = await openThread(each, told, opening);
    if (thread) threads.push(thread);
    allocations.push(...(await openAllocations(each, opening)));
    operations.push(...(await openOperations(each, { told, whole: thread }, opening)));
  }
  if (manifest.state === 'saved' && !manifest.exitSignal)
    for (const each of await neverLoaded(folder, recorded)) problems.add('watched-file-not-loaded', each);
  if (manifest.state === 'recording') problems.add('recording-not-closed', {});
  return {
    folder,
    manifest,
    recorded,
    threads,
    span: isWatch ? outermost(recorded.flatMap(thread => ranSpan(thread) ?? [])) : spanOf(threads),
    allocations,
    operations,
    problems: [...manifest.problems, ...parts.sources.problems.list, ...problems.list],
  };
}

function outermost(spans: readonly TimeSpan[]): TimeSpan | undefined {
  const joined = joinedSpans(spans);
  const [first, last] = [joined[0], joined.at(-1)];
  return first && last && { from: first.from, to: last.to };
}

const MOST_NAMES = 3;

function fileList(files: readonly string[]): string {
  const more = files.length - MOST_NAMES;
  return files.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

interface Opening {
  readonly parts: RecordingParts;
  readonly problems: Problems;
  readonly ended: boolean;
  readonly earlier: RecordedTexts['earlier'];
  readonly isWatch: boolean;
}

/** Every thread of a program that nobody has killed, and that could be written, should have its end. */
const endsByItself = ({ state, endedBy, exitSignal, problems }: Manifest): boolean =>
  state === 'saved' &&
  endedBy === 'program' &&
  !exitSignal &&
  !problems.some(({ code }) => WRITING.has(code));

const WRITING: ReadonlySet<string> = new Set<UserErrorCode>(['segment-not-written', 'agent-failed']);

async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, MANIFEST_FILE);
  try {
    return v.parse(ManifestSchema, JSON.parse(await fs.readFile(file, 'utf8')));
  } catch (error) {
    throw new UserError('recording-not-readable', { folder, reason: (error as Error).message }, error);
  }
}

async function openThread(
  recorded: RecordedThread,
  { kept }: RecordedOperations,
  { parts, problems, ended, earlier, isWatch }: Opening,
): Promise<WholeThread | undefined> {
  const { folder, thread, runtime, scripts } = recorded;
  reportRecorded(thread, runtime, problems);
  if (ended && !recorded.isDamaged && !runtime.some(({ type }) => type === 'end'))
    problems.add('end-missing', { pid: thread.pid });
  const stacks = await readLines(path.join(folder, STACKS_FILE), StackRecordSchema);
  if (recorded.isDamaged || stacks.damaged > 0) problems.add('records-damaged', { folder });
  const segments = parts.segments(folder);
  await segments.read(isWatch ? spansOfAll(kept) : undefined);
  for (const { file, reason } of segments.damaged) problems.add('segment-damaged', { file, reason });
  const { samples } = segments;
  if (!samples) return undefined;
  const placed = await parts.sources.of(
    scripts.filter(script => script.sha256 !== null),
    earlier,
  );
  reportLost(samples.tree.frames, placed, problems);
  const overhead = overheadSpan(runtime);
  const span = (isWatch ? ranSpan(recorded) : undefined) ?? samples.span;
  return placeThread({
    ...{ scripts: placed, thread, records: runtime, stacks: stacks.records },
    samples: { ...samples, span },
    ...(overhead ? { overhead } : {}),
  });
}

/** Placed as the thread's times are. Nothing can be repaired: see `AllocationTree`. */
async function openAllocations(
  { folder, thread, runtime, scripts }: RecordedThread,
  { parts, problems, earlier }: Opening,
): Promise<AllocationInput[]> {
  const { allocations, damaged } = await readAllocations(folder, runtime);
  for (const { file, reason } of damaged) problems.add('segment-damaged', { file, reason });
  if (allocations.length === 0) return [];
  const kept = scripts.filter(({ sha256 }) => sha256 !== null);
  const place = scriptPlacement(await parts.sources.of(kept, earlier));
  const held = heldThread(runtime, place);
  return allocations.map(each => ({
    ...{ ...each, place, thread, agent: thread.agent },
    ...(held && each.metric === 'live' ? { held } : {}),
  }));
}

/** Of a thread that has some. */
async function openOperations(
  { folder, thread, runtime, scripts }: RecordedThread,
  { told, whole }: { readonly told: RecordedOperations; readonly whole: WholeThread | undefined },
  { parts, problems, earlier }: Opening,
): Promise<ThreadOperations[]> {
  if (told.isDamaged) problems.add('records-damaged', { folder });
  if (told.isCut) problems.add('operations-cut', { folder });
  for (const { code, detail } of told.routes?.problems ?? [])
    problems.add(...limit(code, thread.pid, detail));
  if (told.kept.length === 0 && !told.routes) return [];
  const kept = scripts.filter(({ sha256 }) => sha256 !== null);
  const ran = await parts.sources.of(kept, earlier);
  const places = { placeOf: positionPlacement(ran), loopOf: loopPlacement(ran) };
  return [await threadOperations({ folder, recorded: told, ...places, collections: pauses(runtime), whole })];
}

const limit = (code: string, pid: number, detail: string): Parameters<Problems['add']> => {
  const watched = WATCHED_PROBLEMS.find(each => each === code);
  return watched ? [watched, { file: detail, function: detail }] : ['operations-limited', { pid, detail }];
};

function reportRecorded(thread: ThreadRecord, records: readonly RuntimeRecord[], problems: Problems): void {
  for (const record of records)
    if (record.type === 'problem') problems.add(record.code, { pid: thread.pid, detail: record.detail });
}

/** A killed program has not told the texts of what it loaded last. */
function reportLost(frames: readonly Frame[], scripts: readonly ThreadScript[], problems: Problems): void {
  const known = new Set(scripts.map(({ url }) => url));
  for (const { url } of frames)
    if (isTranspiled(url) && !known.has(url))
      problems.add('source-text-missing', {
        file: fileOf(url),
        detail: 'it was made in memory, and the program ended before it could be read',
      });
}
