import type { HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, KIND_MASK, NodeKind, OWNED_BIT, TO_MASK } from './kinds.ts';

const DOM_TREES = '(Document DOM trees)';

/**
 * Sets `OWNED_BIT` at what belongs to the program: what is reached from its globals (shortcuts of the root) and from
 * documents. What a debugger holds beside it does not count as holding it. Without any globals nothing is told apart.
 * As `markPageOwnedNodes` of Chrome DevTools (front_end/entrypoints/heap_snapshot_worker/HeapSnapshot.ts).
 */
export function markOwnedNodes(graph: HeapGraph, stack: Int32Array): void {
  const { nodeCount, kinds, firstEdges, edges } = graph;
  let depth = 0;
  for (const node of entryPoints(graph)) {
    if (kinds[node]! & OWNED_BIT) continue;
    kinds[node]! |= OWNED_BIT;
    stack[depth++] = node;
  }
  if (depth === 0) {
    for (let node = 0; node < nodeCount; node++) kinds[node]! |= OWNED_BIT;
    return;
  }
  while (depth > 0) {
    const node = stack[--depth]!;
    for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
      const edge = edges[at]!;
      const to = edge & TO_MASK;
      if (kinds[to]! >= OWNED_BIT || edgeKind(edge) === EdgeKind.weak) continue;
      kinds[to]! |= OWNED_BIT;
      stack[depth++] = to;
    }
  }
}

function* entryPoints(graph: HeapGraph): Generator<number> {
  const { root, kinds, names, firstEdges, edges, strings } = graph;
  for (let at = firstEdges[root]!; at < firstEdges[root + 1]!; at++) {
    const kind = edgeKind(edges[at]!);
    const to = edges[at]! & TO_MASK;
    const isDocuments = (): boolean =>
      (kinds[to]! & KIND_MASK) === NodeKind.synthetic && strings.text(names[to]!) === DOM_TREES;
    if (kind === EdgeKind.shortcut || (kind === EdgeKind.element && isDocuments())) yield to;
  }
}

/** Globals of the program: whether the root has any. */
export function hasGlobals({ root, firstEdges, edges }: HeapGraph): boolean {
  for (let at = firstEdges[root]!; at < firstEdges[root + 1]!; at++)
    if (edgeKind(edges[at]!) === EdgeKind.shortcut) return true;
  return false;
}
