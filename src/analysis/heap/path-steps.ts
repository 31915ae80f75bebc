import type { HeapPathStep } from '../../contracts/heap-document.ts';
import { idOf } from '../../model/heap/graph.ts';
import type { Heap } from '../../model/heap/heap.ts';
import { KIND_MASK, NODE_KINDS } from '../../model/heap/kinds.ts';
import { retainerPath } from '../../model/heap/retainer-path.ts';

/** How a node is held, in words; see `retainerPath`. */
export function pathSteps(heap: Heap, node: number): { steps: readonly HeapPathStep[]; omitted: number } {
  const { graph, classes } = heap;
  const { references, omitted } = retainerPath(heap, node);
  const steps = references.map(({ kind, name, index, to }) => ({
    reference: kind,
    name: name ?? String(index ?? ''),
    className: classes.classes[classes.ofNodes[to]!]!.name,
    kind: NODE_KINDS[graph.kinds[to]! & KIND_MASK] ?? 'hidden',
    id: idOf(graph, to),
  }));
  return { steps, omitted };
}
