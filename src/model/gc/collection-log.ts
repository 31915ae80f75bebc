/** The garbage collections of one thread, from its records: a row for each, and what was told of the rest by kind. */
import { GC_TYPE, pauseOfStep } from '../../contracts/garbage-collection.ts';
import type { RuntimeRecord } from '../../contracts/recording.ts';
import type { CollectionsRecord, FurtherPauses } from '../../contracts/runtime-records.ts';
import {
  COLLECTION_KINDS,
  type CollectionColumns,
  type CollectionKind,
} from '../../contracts/views/runtime.ts';

/** Pauses of one kind that have no rows: too many in a second. */
export interface PauseGroup {
  /** Milliseconds since the start of the recording: when they were told, up to a second late. */
  readonly at: number;
  readonly kind: CollectionKind;
  readonly count: number;
  readonly totalMilliseconds: number;
  readonly longestMilliseconds: number;
  /** Lengths, at most 9 % off, and how many pauses have them. */
  readonly lengths: readonly (readonly [milliseconds: number, count: number])[];
}

export interface CollectionLog {
  /** By time. */
  readonly columns: CollectionColumns;
  readonly groups: readonly PauseGroup[];
  /** The program ended before it could tell of the collections of this last stretch. */
  readonly unseenMilliseconds: number;
}

const KINDS: Readonly<Record<number, CollectionKind>> = {
  [GC_TYPE.scavenge]: 'scavenge',
  [GC_TYPE.minor]: 'minor',
  [GC_TYPE.markSweepCompact]: 'mark-sweep-compact',
  [GC_TYPE.incremental]: 'incremental',
  [GC_TYPE.weakCallbacks]: 'weak callbacks',
};
const kindOf = (type: number): CollectionKind => KINDS[type] ?? 'weak callbacks';

/**
 * Whether such a pause collects something. V8 also stops the thread to begin incremental marking: that is work for the
 * mark-sweep-compact that follows, which `--trace-gc` does not list either.
 */
export const isCollection = (kind: CollectionKind): boolean =>
  kind !== 'incremental' && kind !== 'weak callbacks';

export const FORCED_CAUSE = 'forced';

/** V8's GCCallbackFlags (include/v8-callbacks.h) in words; null where they are not known. */
export function causeOf(flags: number | null): string {
  if (flags === null) return 'not known';
  if (flags & (1 << 2)) return FORCED_CAUSE;
  if (flags & (1 << 4)) return 'memory is short';
  if (flags & (1 << 5)) return 'memory outside the heap';
  if (flags & (1 << 6)) return 'marked in steps before';
  return 'space is full';
}

/** `origin`: CLOCK_MONOTONIC in microseconds, when the recording began. */
export function collectionLog(records: readonly RuntimeRecord[], origin: number): CollectionLog {
  const told = records.filter(record => record.type === 'collections');
  const unseen = records.flatMap(record =>
    record.type === 'unseen' ? [record.atMicroseconds - record.fromMicroseconds] : [],
  );
  return {
    columns: toColumns(told.flatMap(rowsOf), origin),
    groups: told.flatMap(({ atMicroseconds, further = [] }) =>
      further.map(each => groupOf(each, inMilliseconds(atMicroseconds - origin))),
    ),
    unseenMilliseconds: inMilliseconds(unseen.reduce((sum, each) => sum + each, 0)),
  };
}

interface Row {
  readonly record: CollectionsRecord;
  readonly index: number;
  readonly start: number;
}

function rowsOf(record: CollectionsRecord): Row[] {
  const { atMicroseconds, offsetMicroseconds, pauseMicroseconds, kind, flags } = record;
  const count = Math.min(offsetMicroseconds.length, pauseMicroseconds.length, kind.length, flags.length);
  return offsetMicroseconds
    .slice(0, count)
    .map((offset, index) => ({ record, index, start: atMicroseconds + offset }));
}

const inMilliseconds = (microseconds: number): number => Math.round(microseconds) / 1000;

function toColumns(unsorted: readonly Row[], origin: number): CollectionColumns {
  const rows = unsorted.toSorted((a, b) => a.start - b.start);
  const column = <T>(value: (record: CollectionsRecord, index: number) => T): T[] =>
    rows.map(({ record, index }) => value(record, index));
  const causes = [...new Set(column(({ flags }, index) => causeOf(flags[index] ?? null)))];
  return {
    at: rows.map(({ start }) => inMilliseconds(start - origin)),
    pauseMilliseconds: column(({ pauseMicroseconds }, index) => inMilliseconds(pauseMicroseconds[index]!)),
    kind: column(({ kind }, index) => COLLECTION_KINDS.indexOf(kindOf(kind[index]!))),
    cause: column(({ flags }, index) => causes.indexOf(causeOf(flags[index] ?? null))),
    causes,
    beforeBytes: column(({ heap }, index) => heap?.before[index] ?? null),
    afterBytes: column(({ heap }, index) => heap?.after[index] ?? null),
    spaces: spacesOf(rows),
  };
}

function spacesOf(rows: readonly Row[]): CollectionColumns['spaces'] {
  const records = [...new Set(rows.map(({ record }) => record))];
  const names = new Set(records.flatMap(({ heap }) => heap?.spaces.map(({ name }) => name) ?? []));
  return Array.from(names, name => {
    const own = new Map(
      records.map(record => [record, record.heap?.spaces.find(space => space.name === name)]),
    );
    // A space that a record leaves out was empty; where it has no heap nothing is known.
    const side = (which: 'before' | 'after') =>
      rows.map(({ record, index }) => (record.heap ? (own.get(record)?.[which][index] ?? 0) : null));
    return { name, beforeBytes: side('before'), afterBytes: side('after') };
  });
}

function groupOf(
  { kind, count, pauseMicroseconds, longestMicroseconds, steps }: FurtherPauses,
  at: number,
): PauseGroup {
  const longestMilliseconds = longestMicroseconds / 1000;
  return {
    at,
    kind: kindOf(kind),
    count,
    totalMilliseconds: pauseMicroseconds / 1000,
    longestMilliseconds,
    lengths: steps.map(([step, pauses]) => [Math.min(pauseOfStep(step) / 1000, longestMilliseconds), pauses]),
  };
}
