import type { HeapDetail, HeapLargest, HeapSubject, HeapSummary } from '../../contracts/heap-rows.ts';
import { retainedOf, type Heap } from '../../model/heap/heap.ts';
import { KIND_MASK, NODE_KINDS } from '../../model/heap/kinds.ts';
import { biggestObjects } from './biggest-objects.ts';
import { heldBy } from './held-by.ts';
import type { HeapFiles } from './heap-places.ts';
import { classRow, objectRow } from './heap-rows.ts';
import { largest } from './largest.ts';
import { textOf } from './object-words.ts';

const MOST_LARGEST = 3;
/** What retains less is no answer to the question where the memory is. */
const LEAST_SHARE = 0.02;

/** What a heap is said to be at first sight. */
export function heapSummary(heap: Heap, files: HeapFiles, name: string): HeapSummary {
  const { graph, retained } = heap;
  const totalBytes = retained[0]!;
  return {
    ...{ name, totalBytes, root: graph.root },
    objectCount: graph.nodeCount,
    extraNativeBytes: graph.extraNativeBytes,
    detachedCount: graph.detached.length,
    largest: biggestObjects(heap, MOST_LARGEST)
      .filter(node => retainedOf(heap, node) >= LEAST_SHARE * totalBytes)
      .map(node => largestOf(heap, files, node)),
  };
}

function largestOf(heap: Heap, files: HeapFiles, node: number): HeapLargest {
  const { holders } = heldBy(heap, files, node);
  const [outermost] = holders;
  return {
    node,
    words: holders.at(-1)?.words ?? '',
    ...(outermost && outermost.node !== node ? { holder: outermost.words } : {}),
    retainedBytes: retainedOf(heap, node),
  };
}

/** One class or object, and what holds it. */
export function heapDetail(heap: Heap, files: HeapFiles, { kind, number }: HeapSubject): HeapDetail {
  const node = kind === 'object' ? number : largestOfClass(heap, number);
  const text = textOf(heap, node);
  const { holders, omitted } = heldBy(heap, files, node);
  const of = objectRow(heap, files, node);
  return {
    row: kind === 'object' ? of : classRow(heap, files, number),
    kind: NODE_KINDS[heap.graph.kinds[node]! & KIND_MASK] ?? 'hidden',
    ...(text === undefined ? {} : { text }),
    of,
    heldBy: holders,
    omitted,
  };
}

function largestOfClass({ classes, numbers, retained, graph }: Heap, wanted: number): number {
  const { ofNodes, examples } = classes;
  const [found] = largest(graph.nodeCount, 1, node =>
    ofNodes[node] === wanted ? retained[numbers[node]!]! : -1,
  );
  return found ?? examples[wanted]!;
}
