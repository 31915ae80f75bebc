import type { HeapGraph } from './graph.ts';
import { EDGE_KINDS, edgeKind, EdgeKind, isIndexed, TO_MASK, type EdgeKindName } from './kinds.ts';

/** One object holds another. */
export interface HeapReference {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKindName | 'other';
  /** Name of a property or variable, or V8's own word. Untrusted. */
  readonly name?: string;
  /** Of an element. */
  readonly index?: number;
}

/** Edge number `edge`, which leaves the node `from`. */
export function referenceAt(graph: HeapGraph, from: number, edge: number): HeapReference {
  const packed = graph.edges[edge]!;
  const kind = edgeKind(packed);
  const name = graph.edgeNames[edge]!;
  return {
    from,
    to: packed & TO_MASK,
    kind: EDGE_KINDS[kind] ?? 'other',
    ...(isIndexed(kind) ? { index: name } : { name: graph.strings.text(name) }),
  };
}

/** How much a reader learns from a reference of that kind. */
const RANK: Readonly<Record<number, number>> = {
  [EdgeKind.property]: 6,
  [EdgeKind.context]: 5,
  [EdgeKind.element]: 4,
  [EdgeKind.shortcut]: 3,
  [EdgeKind.internal]: 2,
  [EdgeKind.hidden]: 1,
};

/** The essential edge between two nodes that tells most, -1 if there is none. */
export function tellingEdge({ firstEdges, edges }: HeapGraph, from: number, to: number): number {
  let best = -1;
  let rank = -1;
  for (let at = firstEdges[from]!; at < firstEdges[from + 1]!; at++) {
    const edge = edges[at]!;
    if (edge < 0 || (edge & TO_MASK) !== to) continue;
    const kind = edgeKind(edge);
    const found = RANK[kind] ?? 0;
    if (found > rank) [best, rank] = [at, found];
  }
  return best;
}
