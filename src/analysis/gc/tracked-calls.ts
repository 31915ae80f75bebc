/** Garbage collections while calls of tracked functions were running. */
import type { RuntimeRecord } from '../../contracts/recording.ts';
import { COLLECTION_KINDS, type CollectionColumns } from '../../contracts/views/runtime.ts';
import { isCollection } from '../../model/gc/collection-log.ts';
import { firstAtOrAfter, type Pauses } from './collection-statistics.ts';

export interface TrackedCalls {
  /** As the program names it; untrusted. */
  readonly name: string;
  /** Also those whose times were not kept, because there were too many in a second. */
  readonly calls: number;
  /** Of the calls whose times are known; calls that overlap count each. */
  readonly milliseconds: number;
  /** Each once, however many calls were running. */
  readonly pauses: readonly Pauses[];
}

interface Sum {
  calls: number;
  milliseconds: number;
  readonly rows: Set<number>;
}

/** By name, the one with the most pause time first. `origin` is that of the columns. */
export function trackedCalls(
  records: readonly RuntimeRecord[],
  columns: CollectionColumns,
  origin: number,
): TrackedCalls[] {
  const sums = new Map<string, Sum>();
  const sumOf = (name: string): Sum => {
    const sum = sums.get(name) ?? { calls: 0, milliseconds: 0, rows: new Set<number>() };
    sums.set(name, sum);
    return sum;
  };
  for (const record of records) {
    if (record.type !== 'tracked') continue;
    for (const [call, index] of record.name.entries()) {
      const sum = sumOf(record.names[index] ?? '');
      const from = (record.atMicroseconds + (record.offsetMicroseconds[call] ?? 0) - origin) / 1000;
      const duration = (record.durationMicroseconds[call] ?? 0) / 1000;
      sum.calls++;
      sum.milliseconds += duration;
      const end = firstAtOrAfter(columns.at, from + duration);
      for (let row = firstAtOrAfter(columns.at, from); row < end; row++)
        if (isCollection(COLLECTION_KINDS[columns.kind[row]!]!)) sum.rows.add(row);
    }
    for (const { name, count } of record.further) sumOf(name).calls += count;
  }
  return Array.from(sums, ([name, { calls, milliseconds, rows }]) => ({
    name,
    calls,
    milliseconds,
    pauses: Array.from(rows, row => ({
      milliseconds: columns.pauseMilliseconds[row]!,
      count: 1,
      kind: COLLECTION_KINDS[columns.kind[row]!]!,
    })),
  }));
}
