/** Comparison of snapshots of one program: of the earlier ones only ids and counts are kept. */
import type { ClassTable, HeapClass } from './classes.ts';
import { idOf, type HeapGraph } from './graph.ts';
import type { Heap } from './heap.ts';
import { ObjectIds } from './object-ids.ts';
import type { HeapPlaces } from './places.ts';

export interface ClassCount {
  readonly count: number;
  readonly selfBytes: number;
}

/** What is kept of a snapshot when the next one comes: about a bit per object. */
export interface EarlierSnapshot {
  readonly ids: ObjectIds;
  /** By `classKey`. */
  readonly classes: ReadonlyMap<string, ClassCount>;
  readonly nodeCount: number;
  readonly selfBytes: number;
}

/** The same class has the same key in all snapshots of one program. */
export function classKey({ name, kind, place }: HeapClass, places: HeapPlaces): string {
  if (place < 0) return `${kind} ${name}`;
  const { scriptId, line, column } = places.at(place);
  return `${kind} ${scriptId}:${line}:${column} ${name}`;
}

/** Of a snapshot that is left behind. */
export const earlierSnapshot = ({ graph, classes }: Pick<Heap, 'graph' | 'classes'>): EarlierSnapshot => ({
  ids: new ObjectIds(graph),
  classes: countsByKey(classes, graph.places),
  nodeCount: graph.nodeCount,
  selfBytes: classes.classes.reduce((sum, { selfBytes }) => sum + selfBytes, 0),
});

function countsByKey({ classes }: ClassTable, places: HeapPlaces): Map<string, ClassCount> {
  const counts = new Map<string, ClassCount>();
  for (const found of classes) {
    const key = classKey(found, places);
    const before = counts.get(key) ?? { count: 0, selfBytes: 0 };
    counts.set(key, {
      count: before.count + found.count,
      selfBytes: before.selfBytes + found.selfBytes,
    });
  }
  return counts;
}

/**
 * By node: the index of the first of the `earlier` snapshots (oldest first) that has its object, or their number for what
 * is newer than all of them. So 0 is old, and epoch k lies between the snapshots k - 1 and k.
 */
export function births(graph: HeapGraph, earlier: readonly ObjectIds[]): Uint8Array {
  const born = new Uint8Array(graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = idOf(graph, node);
    let epoch = 0;
    while (epoch < earlier.length && !earlier[epoch]!.has(id)) epoch++;
    born[node] = epoch;
  }
  return born;
}
