/** The `gc` of a document: all threads of a recording, or a range of them. */
import { pausesOf, pauseStatistics, type Pauses } from '../../analysis/gc/collection-statistics.ts';
import { threadGc, type ThreadGc } from '../../analysis/gc/thread-gc.ts';
import { trackedCalls, type TrackedCalls } from '../../analysis/gc/tracked-calls.ts';
import type { GcDocument, PauseTimes, TrackedGc } from '../../contracts/document.ts';
import type { RuntimeRecord, ThreadRecord } from '../../contracts/recording.ts';
import { COLLECTION_KINDS } from '../../contracts/views/runtime.ts';
import { isCollection } from '../../model/gc/collection-log.ts';
import { gcSentence } from './gc-sentence.ts';

export interface GcInput {
  readonly thread?: ThreadRecord;
  readonly records?: readonly RuntimeRecord[];
}

interface Watched {
  readonly thread: ThreadRecord;
  readonly records: readonly RuntimeRecord[];
  readonly gc: ThreadGc;
}

/** Undefined where no thread has told of its heap. */
export function gcDocument(threads: readonly GcInput[]): GcDocument | undefined {
  const watched = threads.flatMap(({ thread, records }): Watched[] => {
    const gc = thread && records && threadGc(records, thread.atMicroseconds);
    return gc ? [{ thread, records, gc }] : [];
  });
  if (watched.length === 0) return undefined;
  const pauses = watched.flatMap(({ gc: { log } }) =>
    pausesOf(log.columns, 0, log.columns.at.length, log.groups),
  );
  const collections = pauses.filter(({ kind }) => isCollection(kind));
  const time = watched.reduce((sum, { gc }) => sum + gc.watchedMilliseconds, 0);
  const sum = (values: readonly (number | null)[]): number | null =>
    values.every(value => value === null)
      ? null
      : values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    ...times(collections),
    byKind: Object.fromEntries(
      COLLECTION_KINDS.map(
        kind => [kind, times(pauses.filter(pause => pause.kind === kind))] as const,
      ).filter(([, { count }]) => count > 0),
    ),
    share:
      time > 0
        ? Math.min(1, pauses.reduce((total, each) => total + each.milliseconds * each.count, 0) / time)
        : 0,
    allocationBytesPerSecond: sum(watched.map(({ gc }) => gc.statistics.allocationPerSecond)),
    promotionBytesPerSecond: sum(watched.map(({ gc }) => gc.statistics.promotionPerSecond)),
    threads: watched.map(({ thread: { pid, threadId }, gc }) => ({
      pid,
      threadId,
      sentence: gcSentence(gc),
      ...times(
        pausesOf(gc.log.columns, 0, gc.log.columns.at.length, gc.log.groups).filter(({ kind }) =>
          isCollection(kind),
        ),
      ),
      share: gc.statistics.share,
      unseenMilliseconds: gc.log.unseenMilliseconds,
    })),
    tracked: tracked(watched),
  };
}

function times(pauses: readonly Pauses[]): PauseTimes {
  const { count, p50Milliseconds, p95Milliseconds, p99Milliseconds, maxMilliseconds, totalMilliseconds } =
    pauseStatistics(pauses);
  return {
    count,
    pauseMilliseconds: {
      p50: p50Milliseconds,
      p95: p95Milliseconds,
      p99: p99Milliseconds,
      max: maxMilliseconds,
      total: totalMilliseconds,
    },
  };
}

/** A function may be called in several threads. */
function tracked(watched: readonly Watched[]): TrackedGc[] {
  const byName = new Map<string, TrackedCalls[]>();
  for (const { records, gc, thread } of watched)
    for (const calls of trackedCalls(records, gc.log.columns, thread.atMicroseconds))
      byName.set(calls.name, [...(byName.get(calls.name) ?? []), calls]);
  return Array.from(byName, ([name, all]) => ({
    name,
    calls: all.reduce((sum, { calls }) => sum + calls, 0),
    milliseconds: all.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    ...times(all.flatMap(({ pauses }) => pauses)),
  })).sort((a, b) => b.pauseMilliseconds.total - a.pauseMilliseconds.total);
}
