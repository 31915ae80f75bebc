/** How the program reaches its objects: the shortest way to each, by the references that hold it. */
import { idOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, TO_MASK } from '../../model/heap/kinds.ts';
import { weakMapTable } from '../../model/heap/weak-map-table.ts';

export const NOTHING = -1;

/** A tree over all that is reachable, by node. */
export interface Reach {
  /** What holds it; `NOTHING` for the root and for what is not reachable. */
  readonly parents: Int32Array;
  /** The edge by which `parents` does. */
  readonly parentEdges: Uint32Array;
  /** What is reachable, nearer nodes first. */
  readonly order: Uint32Array;
}

/**
 * Breadth first, from the globals of the program, then from all other roots: a way through what the program has named comes
 * before one through V8. Weak references are not followed, and values of a WeakMap are held by their keys.
 */
export function reachOf(graph: HeapGraph): Reach {
  const { nodeCount, root, firstEdges, edges } = graph;
  const parents = new Int32Array(nodeCount).fill(NOTHING);
  const parentEdges = new Uint32Array(nodeCount);
  const order = new Uint32Array(nodeCount);
  const isSeen = new Uint8Array(nodeCount);
  let length = 0;
  let next = 0;
  const follow = (node: number, onlyGlobals: boolean): void => {
    for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
      const to = edges[at]! & TO_MASK;
      if (isSeen[to] === 1 || !isHolding(graph, node, at)) continue;
      if (onlyGlobals && edgeKind(edges[at]!) !== EdgeKind.shortcut) continue;
      isSeen[to] = 1;
      parents[to] = node;
      parentEdges[to] = at;
      order[length++] = to;
    }
  };
  isSeen[root] = 1;
  for (const onlyGlobals of [true, false]) {
    follow(root, onlyGlobals);
    while (next < length) follow(order[next++]!, false);
  }
  return { parents, parentEdges, order: order.subarray(0, length) };
}

/** Whether the edge at `at` keeps what it leads to alive. */
export function isHolding(graph: HeapGraph, from: number, at: number): boolean {
  const kind = edgeKind(graph.edges[at]!);
  if (kind === EdgeKind.weak) return false;
  if (kind !== EdgeKind.internal) return true;
  const table = weakMapTable(graph.strings, graph.edgeNames[at]!);
  return table === -1 || table !== idOf(graph, from);
}
