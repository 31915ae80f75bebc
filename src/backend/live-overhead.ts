/** What a recording costs while it goes on: from the newest records of its threads. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { overheadSpan, overheadSummary, type ThreadOverhead } from '../analysis/cpu/overhead.ts';
import { RUNTIME_FILE, THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import { RuntimeRecordSchema } from '../contracts/recording.ts';
import { parseLines } from './ndjson.ts';

/** At the beginning stands what the start has cost, at the end the newest records. */
const PART_BYTES = 65_536;

/** Share of the program's CPU time, the start left out; undefined as long as it would mean nothing. */
export async function liveOverhead(recording: string): Promise<number | undefined> {
  const entries = await fs.readdir(recording).catch((error: NodeJS.ErrnoException) => {
    // An empty recording is removed as soon as it ends.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter(name => THREAD_FOLDER_PATTERN.test(name));
  const threads = await Promise.all(names.map(name => overheadOf(recording, name)));
  return overheadSummary(threads.filter(thread => thread !== undefined))?.running?.cpuShare;
}

async function overheadOf(recording: string, name: string): Promise<ThreadOverhead | undefined> {
  const text = await endsOf(path.join(recording, name, RUNTIME_FILE));
  const span = overheadSpan(parseLines(text, RuntimeRecordSchema).records);
  const threadId = Number(THREAD_FOLDER_PATTERN.exec(name)?.[2]);
  return span && { threadId, ...span };
}

/** The beginning and the end of a file that goes on growing; lines between, and halves of lines, are left out. */
async function endsOf(file: string): Promise<string> {
  const handle = await fs.open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    if (size <= 2 * PART_BYTES) return await textAt(handle, 0, size);
    const head = await textAt(handle, 0, PART_BYTES);
    return `${head}\n${await textAt(handle, size - PART_BYTES, PART_BYTES)}`;
  } finally {
    await handle.close();
  }
}

async function textAt(handle: fs.FileHandle, position: number, length: number): Promise<string> {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, position);
  return bytes.toString('utf8');
}
