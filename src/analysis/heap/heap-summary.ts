import type { HeapDetail, HeapLargest, HeapSubject, HeapSummary } from '../../contracts/heap-rows.ts';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { retainedOf, type Heap } from '../../model/heap/heap.ts';
import { EdgeKind, edgeKind, KIND_MASK, NODE_KINDS } from '../../model/heap/kinds.ts';
import { tellingEdge } from '../../model/heap/references.ts';
import { biggestObjects } from './biggest-objects.ts';
import { heldBy } from './held-by.ts';
import type { HeapFiles } from './heap-places.ts';
import { classRow, objectRow } from './heap-rows.ts';
import { largest } from './largest.ts';
import { textOf } from './object-words.ts';

const MOST_LARGEST = 3;
/** Among so many it is looked for what is worth naming. */
const CANDIDATES = 20;
/** What retains less is no answer to the question where the memory is; of Node's own modules, which every heap has. */
const LEAST_SHARE = 0.02;
const LEAST_SHARE_OF_NODE = 0.2;

/** What a heap is said to be at first sight. */
export function heapSummary(heap: Heap, files: HeapFiles, name: string): HeapSummary {
  const { graph, retained } = heap;
  const totalBytes = retained[0]!;
  return {
    ...{ name, totalBytes, root: graph.root },
    objectCount: graph.nodeCount,
    extraNativeBytes: graph.extraNativeBytes,
    largest: biggestObjects(heap, CANDIDATES, LEAST_SHARE * totalBytes)
      .filter(node => !isGlobal(heap, node))
      .flatMap(node => largestOf(heap, files, node))
      .slice(0, MOST_LARGEST),
  };
}

/** What everything in a program can be reached from says nothing. */
const isGlobal = ({ graph, parents }: Heap, node: number): boolean =>
  parents[node] === graph.root && isGlobalEdge(graph, tellingEdge(graph, graph.root, node));

const isGlobalEdge = ({ edges }: HeapGraph, edge: number): boolean =>
  edge >= 0 && edgeKind(edges[edge]!) === EdgeKind.shortcut;

function largestOf(heap: Heap, files: HeapFiles, node: number): HeapLargest[] {
  const { holders } = heldBy(heap, files, node);
  const [outermost] = holders;
  const retainedBytes = retainedOf(heap, node);
  const isOfNode = outermost?.place?.canOpen === false;
  if (isOfNode && retainedBytes < LEAST_SHARE_OF_NODE * heap.retained[0]!) return [];
  const holder = outermost && outermost.node !== node ? { holder: outermost.words } : {};
  return [{ node, words: holders.at(-1)?.words ?? '', ...holder, retainedBytes }];
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
