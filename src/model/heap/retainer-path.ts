import type { Heap } from './heap.ts';
import { referenceAt, tellingEdge, type HeapReference } from './references.ts';

/** Longer ones lose their middle: lists of a million links exist. */
export const LONGEST_PATH = 200;

export interface RetainerPath {
  /** From the root, or a global of the program, to the node. */
  readonly references: readonly HeapReference[];
  /** References that are left out behind the first half of `references`. */
  readonly omitted: number;
}

/** The shortest way on which a node is held; without references for the root and for what nothing holds. */
export function retainerPath({ graph, parents }: Heap, node: number): RetainerPath {
  const nodes = [node];
  for (let at = parents[node]!; at >= 0; at = parents[at]!) nodes.push(at);
  nodes.reverse();
  const links = nodes.length - 1;
  const omitted = Math.max(0, links - LONGEST_PATH);
  const half = LONGEST_PATH / 2;
  const wanted = (link: number): boolean => omitted === 0 || link < half || link >= half + omitted;
  const references: HeapReference[] = [];
  for (let link = 0; link < links; link++) {
    if (!wanted(link)) continue;
    const from = nodes[link]!;
    references.push(referenceAt(graph, from, tellingEdge(graph, from, nodes[link + 1]!)));
  }
  return { references, omitted };
}

/** References between the root and a node, on the shortest way. */
export function distanceOf({ parents }: Heap, node: number): number {
  let distance = 0;
  for (let at = parents[node]!; at >= 0; at = parents[at]!) distance++;
  return distance;
}
