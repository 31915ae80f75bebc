/** What stands in the thread folders of a recording beside the profiles: who the threads were, and what they ran. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  RECORDING_VERSION,
  RUNTIME_FILE,
  SCRIPTS_FILE,
  THREAD_FOLDER_PATTERN,
} from '../contracts/recording-files.ts';
import {
  RuntimeRecordSchema,
  ScriptRecordSchema,
  type RuntimeRecord,
  type ScriptRecord,
  type ThreadRecord,
} from '../contracts/recording.ts';
import type { TimeSpan } from '../model/cpu/time-span.ts';
import { readLines } from './ndjson.ts';

export interface RecordedThread {
  /** Absolute path. */
  readonly folder: string;
  readonly thread: ThreadRecord;
  readonly runtime: readonly RuntimeRecord[];
  readonly scripts: readonly ScriptRecord[];
  /** Some records are missing. */
  readonly isDamaged: boolean;
}

/** All threads of a recording, by process and thread. */
export async function readThreads(recording: string): Promise<RecordedThread[]> {
  const names = (await fs.readdir(recording))
    .filter(name => THREAD_FOLDER_PATTERN.test(name))
    .sort(byNumbers);
  const found: UnnamedThread[] = [];
  for (const name of names) found.push(await readThread(path.join(recording, name)));
  const agent = found.find(({ thread }) => thread)?.thread?.agent ?? '';
  return found.map(({ thread, ...rest }) => ({
    ...rest,
    thread: thread ?? nameless(rest.folder, agent),
    isDamaged: rest.isDamaged || !thread,
  }));
}

/** From its first record to its last one; undefined where these do not tell. */
export function ranSpan({ runtime }: Pick<RecordedThread, 'runtime'>): TimeSpan | undefined {
  const began = runtime.find(record => record.type === 'thread');
  if (!began) return undefined;
  const from = began.atMicroseconds;
  return { from, to: runtime.reduce((last, { atMicroseconds }) => Math.max(last, atMicroseconds), from) };
}

/** The last started one last, and so are the newest of each thread's scripts: V8 numbers them as they come. */
export const byStart = (threads: readonly RecordedThread[]): RecordedThread[] =>
  threads
    .toSorted((a, b) => a.thread.atMicroseconds - b.thread.atMicroseconds)
    .map(thread => ({
      ...thread,
      scripts: thread.scripts.toSorted((a, b) => Number(a.scriptId) - Number(b.scriptId)),
    }));

const collator = new Intl.Collator('en', { numeric: true });
export const byNumbers = (a: string, b: string): number => collator.compare(a, b);

type UnnamedThread = Omit<RecordedThread, 'thread'> & { readonly thread: ThreadRecord | undefined };

async function readThread(folder: string): Promise<UnnamedThread> {
  const runtime = await readLines(path.join(folder, RUNTIME_FILE), RuntimeRecordSchema);
  const scripts = await readLines(path.join(folder, SCRIPTS_FILE), ScriptRecordSchema);
  return {
    folder,
    thread: runtime.records.find(record => record.type === 'thread'),
    runtime: runtime.records,
    scripts: latest(scripts.records),
    isDamaged: runtime.damaged + scripts.damaged > 0,
  };
}

/** A script that was recorded twice is what the later record says: V8 was asked for a text that came from disk before. */
const latest = (scripts: readonly ScriptRecord[]): ScriptRecord[] => [
  ...new Map(scripts.map(script => [`${script.scriptId} ${script.url}`, script])).values(),
];

/** A thread whose own record is lost: its folder names it. `agent` is that of the recording's other threads. */
function nameless(folder: string, agent: string): ThreadRecord {
  const [, pid, threadId] = THREAD_FOLDER_PATTERN.exec(path.basename(folder)) ?? [];
  return {
    type: 'thread',
    version: RECORDING_VERSION,
    pid: Number(pid),
    parentPid: 0,
    threadId: Number(threadId),
    ...{ name: '', argv: [], execArgv: [], cwd: '', nodeVersion: '', v8Version: '' },
    intervalMicroseconds: 0,
    agent,
    atMicroseconds: 0,
  };
}
