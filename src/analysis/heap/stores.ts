/** How much an object holds in its backing stores: what tells whether a container grows. */
import { selfSizeOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, NodeKind, TO_MASK } from '../../model/heap/kinds.ts';
import { kindOf, roleOf } from './node-roles.ts';

export interface Holdings {
  /** References to contents and numbers, its own and those of its stores. */
  readonly references: number;
  /** Size of its stores. */
  readonly bytes: number;
}

/** A table may lie behind another one (`properties`, then its entries). */
const DEEPEST_STORE = 2;

export function holdingsOf(graph: HeapGraph, node: number, depth = 0): Holdings {
  const { firstEdges, edges } = graph;
  let references = 0;
  let bytes = 0;
  for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
    if (edgeKind(edges[at]!) === EdgeKind.weak) continue;
    const to = edges[at]! & TO_MASK;
    const role = roleOf(graph, to);
    if (role === 'content' || kindOf(graph, to) === NodeKind.number) references += 1;
    else if (role === 'store' && depth < DEEPEST_STORE) {
      const held = holdingsOf(graph, to, depth + 1);
      references += held.references;
      bytes += selfSizeOf(graph, to) + held.bytes;
    }
  }
  return { references, bytes };
}
