/** What a recording costs while it goes on: from the newest records of its threads. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { overheadSummary, type ThreadOverhead } from '../analysis/cpu/overhead.ts';
import { RUNTIME_FILE, THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import { RuntimeRecordSchema, type OverheadRecord } from '../contracts/recording.ts';
import { parseLines } from './ndjson.ts';

/** The newest records stand at the end. */
const TAIL_BYTES = 65_536;

/** Share of the program's CPU time; undefined as long as no thread has told. */
export async function liveOverhead(recording: string): Promise<number | undefined> {
  const entries = await fs.readdir(recording).catch((error: NodeJS.ErrnoException) => {
    // An empty recording is removed as soon as it ends.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter(name => THREAD_FOLDER_PATTERN.test(name));
  const threads = await Promise.all(names.map(name => newestOverhead(recording, name)));
  const summary = overheadSummary(threads.filter(thread => thread !== undefined));
  return summary && Number.isFinite(summary.cpuShare) ? summary.cpuShare : undefined;
}

async function newestOverhead(recording: string, name: string): Promise<ThreadOverhead | undefined> {
  const text = await tailOf(path.join(recording, name, RUNTIME_FILE));
  const { records } = parseLines(text, RuntimeRecordSchema);
  const overhead = records.findLast((record): record is OverheadRecord => record.type === 'overhead');
  const threadId = Number(THREAD_FOLDER_PATTERN.exec(name)?.[2]);
  return overhead && { threadId, overhead };
}

async function tailOf(file: string): Promise<string> {
  const handle = await fs.open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await handle.read(tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8');
  } finally {
    await handle.close();
  }
}
