/** The recorded heap and event loop of a recording's threads as the runtime view draws them. */
import { threadGc, type ThreadGc } from '../../analysis/gc/thread-gc.ts';
import type { RuntimeRecord, ThreadRecord } from '../../contracts/recording.ts';
import type { SampleRecord } from '../../contracts/runtime-records.ts';
import type {
  RuntimeThread,
  RuntimeUpdate,
  RuntimeView,
  SampleColumns,
} from '../../contracts/views/runtime.ts';
import { collectionLog } from '../../model/gc/collection-log.ts';
import { fileOfThread } from '../track-name.ts';
import { gcSentence } from './gc-sentence.ts';

export interface RuntimeInput {
  readonly thread: ThreadRecord;
  readonly records: readonly RuntimeRecord[];
}

/** CLOCK_MONOTONIC: when the first thread began. */
export const originOf = (threads: readonly RuntimeInput[]): number =>
  threads.reduce((first, { thread }) => Math.min(first, thread.atMicroseconds), Number.POSITIVE_INFINITY);

/**
 * Threads without any such record (of older recordings) are left out. `origin`: CLOCK_MONOTONIC in microseconds, the zero
 * of all times.
 */
export function runtimeView(
  name: string,
  threads: readonly RuntimeInput[],
  isLive: boolean,
  origin: number,
): RuntimeView {
  let end = origin;
  for (const { records } of threads)
    for (const { atMicroseconds } of records) end = Math.max(end, atMicroseconds);
  return {
    version: 1,
    name,
    durationMilliseconds: threads.length === 0 ? 0 : inMilliseconds(end - origin),
    isLive,
    threads: threads.flatMap(({ thread, records }) => {
      const gc = threadGc(records, origin);
      if (!gc) return [];
      return [
        {
          ...identity(thread),
          ...summaryOf(gc),
          collections: gc.log.columns,
          samples: sampleColumns(records, origin),
        },
      ];
    }),
  };
}

export type ThreadSummary = Pick<RuntimeThread, 'statistics' | 'sentence' | 'notListed'>;

/** Of all that a thread has told; undefined when it tells of no heap. */
export function threadSummary(records: readonly RuntimeRecord[], origin: number): ThreadSummary | undefined {
  const gc = threadGc(records, origin);
  return gc && summaryOf(gc);
}

export interface News {
  /** Of the recording. */
  readonly id: string;
  readonly thread: ThreadRecord;
  readonly fresh: readonly RuntimeRecord[];
  readonly origin: number;
}

export const runtimeUpdate = (
  { id, thread, fresh, origin }: News,
  summary: ThreadSummary,
): RuntimeUpdate => ({
  id,
  ...identity(thread),
  ...summary,
  collections: collectionLog(fresh, origin).columns,
  samples: sampleColumns(fresh, origin),
});

const identity = (thread: ThreadRecord) => ({
  ...{ pid: thread.pid, threadId: thread.threadId, nodeVersion: thread.nodeVersion },
  name: fileOfThread(thread),
});

const summaryOf = (gc: ThreadGc): ThreadSummary => ({
  statistics: gc.statistics,
  sentence: gcSentence(gc),
  notListed: gc.log.groups.reduce((sum, { count }) => sum + count, 0),
});

const inMilliseconds = (microseconds: number): number => Math.round(microseconds) / 1000;

function sampleColumns(records: readonly RuntimeRecord[], origin: number): SampleColumns {
  const samples = records.filter(record => record.type === 'sample');
  const names = [...new Set(samples.flatMap(({ spaces }) => Object.keys(spaces)))];
  const column = <T>(value: (sample: SampleRecord) => T): T[] => samples.map(value);
  const delay = (part: keyof NonNullable<SampleRecord['loopDelay']>): (number | null)[] =>
    column(({ loopDelay }) => (loopDelay ? inMilliseconds(loopDelay[part]) : null));
  return {
    at: column(({ atMicroseconds }) => inMilliseconds(atMicroseconds - origin)),
    heapUsedBytes: column(({ heapUsedBytes }) => heapUsedBytes),
    heapTotalBytes: column(({ heapTotalBytes }) => heapTotalBytes),
    externalBytes: column(({ externalBytes }) => externalBytes),
    arrayBuffersBytes: column(({ arrayBuffersBytes }) => arrayBuffersBytes),
    rssBytes: column(({ rssBytes }) => rssBytes),
    cpu: column(cpuOf),
    threadCpu: column(({ threadMicroseconds, spanMicroseconds }) =>
      threadMicroseconds === null ? null : perTime(threadMicroseconds, spanMicroseconds, 1),
    ),
    loopDelayP50Milliseconds: delay('p50Microseconds'),
    loopDelayP99Milliseconds: delay('p99Microseconds'),
    loopDelayMaxMilliseconds: delay('maxMicroseconds'),
    spaces: names.map(name => ({ name, usedBytes: column(({ spaces }) => spaces[name] ?? 0) })),
  };
}

const perTime = (part: number, span: number, most: number): number | null =>
  span > 0 ? Math.min(most, part / span) : null;

function cpuOf({ userMicroseconds, systemMicroseconds, spanMicroseconds }: SampleRecord): number | null {
  if (userMicroseconds === null || systemMicroseconds === null) return null;
  return perTime(userMicroseconds + systemMicroseconds, spanMicroseconds, Number.POSITIVE_INFINITY);
}
