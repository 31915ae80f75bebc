/** Rows of the document of a heap. */
import type { HeapClassRow, HeapObjectRow, HeapPlaceInFile } from '../../contracts/heap-document.ts';
import { idOf, selfSizeOf } from '../../model/heap/graph.ts';
import { retainedOf, type Heap } from '../../model/heap/heap.ts';
import { KIND_MASK, NODE_KINDS } from '../../model/heap/kinds.ts';
import { distanceOf } from '../../model/heap/retainer-path.ts';
import { largest } from './largest.ts';

/** File of each script, by V8's number of it. */
export type ScriptFiles = ReadonlyMap<number, string>;

/** Classes by retained size, the largest first. */
export function classRows(heap: Heap, files: ScriptFiles, count: number): HeapClassRow[] {
  const { classes } = heap.classes;
  const indices = largest(classes.length, count, index => classes[index]!.retainedBytes);
  return indices.map(index => classRow(heap, files, index));
}

function classRow(heap: Heap, files: ScriptFiles, index: number): HeapClassRow {
  const { name, kind, place, count, selfBytes, retainedBytes } = heap.classes.classes[index]!;
  return { class: index, name, kind, ...placeInFile(heap, files, place), count, selfBytes, retainedBytes };
}

/** Where a place is; nothing where its file is not known. */
export function placeInFile({ graph }: Heap, files: ScriptFiles, place: number): Partial<HeapPlaceInFile> {
  if (place < 0) return {};
  const { scriptId, line, column } = graph.places.at(place);
  const file = files.get(scriptId);
  return file === undefined || file === '' ? {} : { file, line, column };
}

export function objectRow(heap: Heap, node: number): HeapObjectRow {
  const { graph, classes } = heap;
  return {
    node,
    id: idOf(graph, node),
    className: classes.classes[classes.ofNodes[node]!]!.name,
    kind: NODE_KINDS[graph.kinds[node]! & KIND_MASK] ?? 'hidden',
    selfBytes: selfSizeOf(graph, node),
    retainedBytes: retainedOf(heap, node),
    distance: distanceOf(heap, node),
  };
}
