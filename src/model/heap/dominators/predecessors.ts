import type { HeapGraph } from '../graph.ts';
import { TO_MASK } from '../kinds.ts';
import type { DepthFirst } from './depth-first.ts';

/**
 * Who retains whom: essential edges, by the node that they lead to.
 *
 *    first   by node: where its retainers begin in `numbers`; one more at the end
 *    numbers of the nodes that retain it (those of the walk)
 */
export interface Predecessors {
  readonly first: Int32Array;
  readonly numbers: Int32Array;
}

/** Takes over the column `incoming` of the walk. */
export function predecessors(graph: HeapGraph, walk: DepthFirst): Predecessors {
  const { nodeCount, firstEdges, edges } = graph;
  const { order, incoming: first } = walk;
  let sum = 0;
  for (let node = 0; node <= nodeCount; node++) {
    sum += first[node]!;
    first[node] = sum;
  }
  const numbers = new Int32Array(walk.essentialEdges);
  for (let number = nodeCount - 1; number >= 0; number--) {
    const node = order[number]!;
    for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
      const edge = edges[at]!;
      if (edge >= 0) numbers[--first[edge & TO_MASK]!] = number;
    }
  }
  return { first, numbers };
}
