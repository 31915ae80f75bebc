/** A recording folder as values: the manifest, and one repaired call tree per sampled thread. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import * as v from 'valibot';
import { MANIFEST_FILE, SEGMENT_FILE_PATTERN, STACKS_FILE } from '../contracts/recording-files.ts';
import {
  ManifestSchema,
  StackRecordSchema,
  type Manifest,
  type OverheadRecord,
  type RecordedProblem,
  type RuntimeRecord,
  type ThreadRecord,
} from '../contracts/recording.ts';
import { UserError, type UserErrorCode } from '../contracts/user-error.ts';
import type { Frame } from '../model/cpu/profile.ts';
import { readCpuProfile } from '../model/cpu/reader.ts';
import { CallTreeBuilder } from '../model/cpu/weigh.ts';
import { isTranspiled } from '../model/source/script-placement.ts';
import { fileOf } from '../model/source/source-url.ts';
import { recordedTexts, type RecordedTexts } from './changed-files.ts';
import { readLines } from './ndjson.ts';
import { Problems } from './problems.ts';
import { byNumbers, readThreads, type RecordedThread } from './recorded-threads.ts';
import { SharedSources, type ThreadScript } from './shared-sources.ts';
import { placeThread, type ThreadProfile } from './thread-profile.ts';

const gunzip = promisify(zlib.gunzip);

export interface OpenedRecording {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly recorded: readonly RecordedThread[];
  readonly threads: readonly ThreadProfile[];
  readonly problems: readonly RecordedProblem[];
}

/**
 * Throws `recording-not-readable`. What is damaged inside is skipped and listed. `sources` may be those of an earlier
 * opening, when the recording was not yet complete.
 */
export async function openRecording(
  folder: string,
  sources: SharedSources = new SharedSources(folder),
): Promise<OpenedRecording> {
  const manifest = await readManifest(folder);
  const problems = new Problems();
  const recorded = await readThreads(folder);
  const { earlier, changed } = await recordedTexts(folder, recorded);
  if (changed.length > 0) problems.add('text-changed', { files: fileList(changed) });
  const opening = { sources, problems, ended: endsByItself(manifest), earlier };
  const threads: ThreadProfile[] = [];
  for (const each of recorded) {
    const thread = await openThread(each, opening);
    if (thread) threads.push(thread);
  }
  if (manifest.state === 'recording') problems.add('recording-not-closed', {});
  return {
    folder,
    manifest,
    recorded,
    threads,
    problems: [...manifest.problems, ...sources.problems.list, ...problems.list],
  };
}

const MOST_NAMES = 3;

function fileList(files: readonly string[]): string {
  const more = files.length - MOST_NAMES;
  return files.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

interface Opening {
  readonly sources: SharedSources;
  readonly problems: Problems;
  readonly ended: boolean;
  readonly earlier: RecordedTexts['earlier'];
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
  { sources, problems, ended, earlier }: Opening,
): Promise<ThreadProfile | undefined> {
  const { folder, thread, runtime, scripts } = recorded;
  reportRecorded(thread, runtime, problems);
  if (ended && !recorded.isDamaged && !runtime.some(({ type }) => type === 'end'))
    problems.add('end-missing', { pid: thread.pid });
  const stacks = await readLines(path.join(folder, STACKS_FILE), StackRecordSchema);
  if (recorded.isDamaged || stacks.damaged > 0) problems.add('records-damaged', { folder });
  const segments = await readSegments(folder, problems);
  if (!segments) return undefined;
  const placed = await sources.of(
    scripts.filter(script => script.sha256 !== null),
    earlier,
  );
  reportLost(segments.tree.frames, placed, problems);
  const overhead = runtime.findLast((record): record is OverheadRecord => record.type === 'overhead');
  return placeThread({
    ...{ ...segments, scripts: placed, thread, stacks: stacks.records },
    ...(overhead ? { overhead } : {}),
  });
}

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

async function readSegments(folder: string, problems: Problems) {
  const names = (await fs.readdir(folder)).filter(name => SEGMENT_FILE_PATTERN.test(name)).sort(byNumbers);
  const builder = new CallTreeBuilder();
  let segments = 0;
  for (const name of names) {
    const file = path.join(folder, name);
    try {
      builder.add(readCpuProfile(await gunzip(await fs.readFile(file))));
      segments++;
    } catch (error) {
      if (!isDamage(error)) throw error;
      problems.add('segment-damaged', { file, reason: error.message });
    }
  }
  return segments > 0 ? { tree: builder.tree(), span: builder.span } : undefined;
}

/** What a file that was cut off or overwritten leads to; anything else is a defect of ours. */
function isDamage(error: unknown): error is Error {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return error instanceof UserError || (code?.startsWith('Z_') ?? false) || code === 'ERR_BUFFER_TOO_LARGE';
}
