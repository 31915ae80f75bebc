import { analyseHeap, type Heap } from '../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../src/model/heap/reader.ts';
import { drawnNodes, snapshotOf } from './heap-snapshot.ts';

/** A place of a drawn object: `key script line column`, 0-based as V8 writes them. */
export type DrawnPlace = readonly [key: string, script: number, line: number, column: number];

const FIELDS = 6;

/** A drawn heap, analysed; `Scope` is what V8 calls the scope of a function or a file. */
export function heapOf(picture: string, places: readonly DrawnPlace[] = []): Heap {
  const keys = drawnNodes(picture).map(({ key }) => key);
  const rows = places.map(([key, ...place]) => [FIELDS * keys.indexOf(key), ...place]);
  const text = snapshotOf(picture)
    .replace('"locations":[]', `"locations":[${rows.flat().join()}]`)
    .replace('"Scope"', '"system / Context"');
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  return analyseHeap(reader.finish());
}
