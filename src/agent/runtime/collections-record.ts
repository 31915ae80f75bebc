/** Collections as records: bounded, however many there were. */
import { pauseStep } from '../../contracts/garbage-collection.ts';
import type { CollectionsRecord, FurtherPauses } from '../../contracts/runtime-records.ts';
import type { Collection } from './collection-log.ts';

/** A second's collections beyond so many are told by kind. */
export const MOST_LISTED = 200;
/** A second's collections beyond so many are told without the heap. */
export const MOST_WITH_HEAP = 50;

type Heap = NonNullable<CollectionsRecord['heap']>;
type WithHeap = Required<Collection>;

/** No record for no collection; the collections with a heap in one of their own. */
export function collectionRecords(
  collections: readonly Collection[],
  areTimesEstimated = false,
): CollectionsRecord[] {
  const listed = collections.slice(0, MOST_LISTED);
  const further = furtherPauses(collections.slice(MOST_LISTED));
  const withHeap = listed.filter(each => each.heap !== undefined).slice(0, MOST_WITH_HEAP) as WithHeap[];
  const chosen = new Set<Collection>(withHeap);
  const without = listed.filter(each => !chosen.has(each));
  const estimated = areTimesEstimated ? { areTimesEstimated } : {};
  return [
    ...(withHeap.length > 0 ? [{ ...columns(withHeap), ...estimated, heap: heapColumns(withHeap) }] : []),
    ...(without.length + further.length > 0
      ? [{ ...columns(without), ...estimated, ...(further.length > 0 ? { further } : {}) }]
      : []),
  ];
}

function columns(collections: readonly Collection[]): CollectionsRecord {
  const atMicroseconds = Math.round(collections[0]?.start ?? 0);
  return {
    type: 'collections',
    atMicroseconds,
    offsetMicroseconds: collections.map(({ start }) => Math.round(start - atMicroseconds)),
    pauseMicroseconds: collections.map(({ pause }) => Math.round(pause)),
    kind: collections.map(({ kind }) => kind),
    flags: collections.map(({ flags }) => flags),
  };
}

function heapColumns(collections: readonly WithHeap[]): Heap {
  const names = new Set<string>();
  for (const { heap } of collections)
    for (const { spaces } of [heap.before, heap.after])
      for (const [name, used] of Object.entries(spaces)) if (used > 0) names.add(name);
  return {
    before: collections.map(({ heap }) => heap.before.used),
    after: collections.map(({ heap }) => heap.after.used),
    spaces: Array.from(names, name => ({
      name,
      before: collections.map(({ heap }) => heap.before.spaces[name] ?? 0),
      after: collections.map(({ heap }) => heap.after.spaces[name] ?? 0),
    })),
  };
}

function furtherPauses(collections: readonly Collection[]): FurtherPauses[] {
  return Array.from(new Set(collections.map(({ kind }) => kind)), kind => {
    const pauses = collections.filter(each => each.kind === kind).map(({ pause }) => pause);
    const steps = new Map<number, number>();
    for (const step of pauses.map(pauseStep)) steps.set(step, (steps.get(step) ?? 0) + 1);
    return {
      kind,
      count: pauses.length,
      pauseMicroseconds: Math.round(pauses.reduce((sum, pause) => sum + pause, 0)),
      longestMicroseconds: Math.round(pauses.reduce((most, pause) => Math.max(most, pause), 0)),
      steps: [...steps],
    };
  });
}
