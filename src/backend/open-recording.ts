/** A recording folder as values: the manifest, and one repaired call tree per sampled thread. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import * as v from 'valibot';
import {
  MANIFEST_FILE,
  RUNTIME_FILE,
  SCRIPTS_FILE,
  SEGMENT_FILE_PATTERN,
  STACKS_FILE,
  THREAD_FOLDER_PATTERN,
} from '../contracts/recording-files.ts';
import {
  ManifestSchema,
  RuntimeRecordSchema,
  ScriptRecordSchema,
  StackRecordSchema,
  type Manifest,
  type OverheadRecord,
  type RecordedProblem,
  type RuntimeRecord,
  type ScriptRecord,
  type ThreadRecord,
} from '../contracts/recording.ts';
import { UserError, type UserErrorCode } from '../contracts/user-error.ts';
import { readCpuProfile } from '../model/cpu/reader.ts';
import { CallTreeBuilder } from '../model/cpu/weigh.ts';
import { readLines } from './ndjson.ts';
import { Problems } from './problems.ts';
import { SharedSources } from './shared-sources.ts';
import { placeThread, type ThreadProfile } from './thread-profile.ts';

const gunzip = promisify(zlib.gunzip);

export interface OpenedRecording {
  readonly folder: string;
  readonly manifest: Manifest;
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
  const names = (await fs.readdir(folder)).filter(name => THREAD_FOLDER_PATTERN.test(name)).sort(byNumbers);
  const threads: ThreadProfile[] = [];
  for (const name of names) {
    const thread = await openThread(path.join(folder, name), sources, problems, endsByItself(manifest));
    if (thread) threads.push(thread);
  }
  if (manifest.state === 'recording') problems.add('recording-not-closed', {});
  return {
    folder,
    manifest,
    threads,
    problems: [...manifest.problems, ...sources.problems.list, ...problems.list],
  };
}

/** Every thread of a program that nobody has killed, and that could be written, should have its end. */
const endsByItself = ({ state, endedBy, exitSignal, problems }: Manifest): boolean =>
  state === 'saved' &&
  endedBy === 'program' &&
  !exitSignal &&
  !problems.some(({ code }) => WRITING.has(code));

const WRITING: ReadonlySet<string> = new Set<UserErrorCode>(['segment-not-written', 'agent-failed']);

/** The scripts of all threads of a recording. */
export async function recordedScripts(folder: string): Promise<ScriptRecord[]> {
  const names = (await fs.readdir(folder)).filter(name => THREAD_FOLDER_PATTERN.test(name));
  const scripts: ScriptRecord[] = [];
  for (const name of names)
    scripts.push(...(await readLines(path.join(folder, name, SCRIPTS_FILE), ScriptRecordSchema)).records);
  return scripts;
}

async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, MANIFEST_FILE);
  try {
    return v.parse(ManifestSchema, JSON.parse(await fs.readFile(file, 'utf8')));
  } catch (error) {
    throw new UserError('recording-not-readable', { folder, reason: (error as Error).message }, error);
  }
}

const byNumbers = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

async function openThread(
  folder: string,
  sources: SharedSources,
  problems: Problems,
  ended: boolean,
): Promise<ThreadProfile | undefined> {
  const runtime = await readLines(path.join(folder, RUNTIME_FILE), RuntimeRecordSchema);
  const [thread] = runtime.records;
  if (thread?.type !== 'thread') return undefined;
  reportRecorded(thread, runtime.records, problems);
  if (ended && !runtime.records.some(({ type }) => type === 'end'))
    problems.add('end-missing', { pid: thread.pid });
  const segments = await readSegments(folder, problems);
  if (!segments) return undefined;
  const scripts = await readLines(path.join(folder, SCRIPTS_FILE), ScriptRecordSchema);
  const stacks = await readLines(path.join(folder, STACKS_FILE), StackRecordSchema);
  if (runtime.damaged + scripts.damaged + stacks.damaged > 0) problems.add('records-damaged', { folder });
  const placed = await sources.of(scripts.records.filter(script => script.sha256 !== null));
  const overhead = runtime.records.findLast((record): record is OverheadRecord => record.type === 'overhead');
  return placeThread({
    ...{ ...segments, scripts: placed, thread, stacks: stacks.records },
    ...(overhead ? { overhead } : {}),
  });
}

function reportRecorded(thread: ThreadRecord, records: readonly RuntimeRecord[], problems: Problems): void {
  for (const record of records)
    if (record.type === 'problem') problems.add(record.code, { pid: thread.pid, detail: record.detail });
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
