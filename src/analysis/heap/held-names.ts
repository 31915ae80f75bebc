import type { Heap } from '../../model/heap/heap.ts';
import { EdgeKind, edgeKind, TO_MASK } from '../../model/heap/kinds.ts';

/**
 * By node: the name by which `from` itself holds it: of a property or a variable, or `[3]` of an element. Only of `nodes`,
 * and only where it does. One pass: an object may have millions of references. Untrusted.
 */
export function heldNames({ graph }: Heap, from: number, nodes: readonly number[]): Map<number, string> {
  const wanted = new Set(nodes);
  const names = new Map<number, string>();
  for (let at = graph.firstEdges[from]!; at < graph.firstEdges[from + 1]!; at++) {
    const edge = graph.edges[at]!;
    const to = edge & TO_MASK;
    if (edge < 0 || !wanted.has(to)) continue;
    const kind = edgeKind(edge);
    if (kind === EdgeKind.property || kind === EdgeKind.context)
      names.set(to, graph.strings.text(graph.edgeNames[at]!));
    else if (kind === EdgeKind.element && !names.has(to)) names.set(to, `[${graph.edgeNames[at]!}]`);
  }
  return names;
}
