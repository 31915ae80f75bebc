import { expect, test } from 'vitest';
import { births, classKey, earlierSnapshot } from '../../../../src/model/heap/epochs.ts';
import { analyseHeap, type Heap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

/** Ids by name, so that an object keeps its own from picture to picture. */
const IDS: Readonly<Record<string, number>> = {
  ...{ root: 1, cache: 3, a: 5, b: 7, c: 9, native: 4294967294, far: 8_000_000_001 },
};

function heapOf(picture: string): Heap {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(snapshotOf(picture, {}, key => IDS[key]!)));
  return analyseHeap(reader.finish());
}

const FIRST = `
  root          -> [0] cache
  cache Map 10  -> #x a, #y native
  a Session 100
  native native:Socket 1`;
const SECOND = `
  root          -> [0] cache
  cache Map 10  -> #x a, #y native, #z b, #w far
  a Session 100
  native native:Socket 1
  b Session 100
  far Session 1`;
const THIRD = `
  root          -> [0] cache
  cache Map 10  -> #x c, #z b, #w far
  c Session 100
  b Session 100
  far Session 1`;

test('an object is born in the epoch in which it is first seen; ids over 2^32 and even ones too', () => {
  const earlier = [FIRST, SECOND].map(picture => earlierSnapshot(heapOf(picture)));
  const born = births(
    heapOf(THIRD).graph,
    earlier.map(({ ids }) => ids),
  );
  expect([...born]).toEqual([0, 0, 2, 1, 1]);
});

test('of an earlier snapshot the counts of classes are kept', () => {
  const heap = heapOf(SECOND);
  const { classes } = earlierSnapshot(heap);
  const key = classKey(
    heap.classes.classes.find(({ name }) => name === 'Session')!,
    heap.graph.places,
  );
  expect(classes.get(key)).toEqual({ count: 3, selfBytes: 201 });
});

test('native nodes are known again though their ids are even', () => {
  const { ids } = earlierSnapshot(heapOf(FIRST));
  expect(ids.has(IDS['native']!)).toBe(true);
  expect(ids.has(IDS['native']! - 2)).toBe(false);
  expect(ids.has(IDS['a']! - 1)).toBe(false);
});
