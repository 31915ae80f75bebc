/** Pages of the class table and of the dominator view, of heaps of any size: only what is shown gets words. */
import type { HeapClassRow, HeapObjectRow, HeapPlaceInFile } from '../../contracts/heap-document.ts';
import type { ClassOrder, Page, PageOf } from '../../contracts/heap-worker.ts';
import { idOf, selfSizeOf } from '../../model/heap/graph.ts';
import { retainedOf, type Heap } from '../../model/heap/heap.ts';
import { KIND_MASK, NODE_KINDS } from '../../model/heap/kinds.ts';
import { distanceOf } from '../../model/heap/retainer-path.ts';
import { largest } from './largest.ts';

/** File of each script, by V8's number of it. */
export type ScriptFiles = ReadonlyMap<number, string>;

/** Classes by retained or own size or count, the largest first. */
export function classPage(
  heap: Heap,
  files: ScriptFiles,
  { order, from, count }: Page & { order: ClassOrder },
): PageOf<HeapClassRow> {
  const { classes } = heap.classes;
  const indices = largest(classes.length, from + count, index => classes[index]![order]);
  return { rows: indices.slice(from).map(index => classRow(heap, files, index)), total: classes.length };
}

export function classRow(heap: Heap, files: ScriptFiles, index: number): HeapClassRow {
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

/** Nodes of a class by retained size. */
export function objectPage(
  heap: Heap,
  { class: wanted, from, count }: Page & { class: number },
): PageOf<HeapObjectRow> {
  const { ofNodes, classes } = heap.classes;
  const { numbers, retained } = heap;
  const sizeOf = (node: number): number => (ofNodes[node] === wanted ? retained[numbers[node]!]! : -1);
  const nodes = largest(heap.graph.nodeCount, from + count, sizeOf).filter(node => ofNodes[node] === wanted);
  return { rows: nodes.slice(from).map(node => objectRow(heap, node)), total: classes[wanted]?.count ?? 0 };
}

/** What a node immediately dominates, by retained size. */
export function dominatedPage(
  heap: Heap,
  { node, from, count }: Page & { node: number },
): PageOf<HeapObjectRow> {
  const { numbers, dominators, retained, order } = heap;
  const above = numbers[node] ?? -1;
  let total = 0;
  // The root dominates itself.
  const isBelow = (number: number): boolean => dominators[number] === above && number !== 0;
  for (let number = 1; number < order.length; number++) if (dominators[number] === above) total++;
  const found = largest(order.length, from + count, number => (isBelow(number) ? retained[number]! : -1));
  const rows = found.filter(isBelow).slice(from);
  return { rows: rows.map(number => objectRow(heap, order[number]!)), total };
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
