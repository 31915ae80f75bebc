/** What a node of a heap is to somebody who looks for what grows. */
import type { HeapGraph } from '../../model/heap/graph.ts';
import { KIND_MASK, NodeKind } from '../../model/heap/kinds.ts';

/** `content`: something that a program has made and counts. `store`: room that an object has for others. */
export type Role = 'content' | 'store' | 'machinery';

const CONTENT: ReadonlySet<number> = new Set([
  NodeKind.string,
  NodeKind.concatenatedString,
  NodeKind.slicedString,
  NodeKind.object,
  NodeKind.closure,
  NodeKind.regexp,
  NodeKind.native,
  NodeKind.symbol,
  NodeKind.bigint,
  NodeKind.wasmObject,
]);

const ROLES: readonly Role[] = Array.from({ length: KIND_MASK + 1 }, (_, kind) => {
  // What V8 and Node list their own roots in is as good as a store: nobody has made it.
  if (kind === NodeKind.array || kind === NodeKind.synthetic) return 'store';
  return CONTENT.has(kind) ? 'content' : 'machinery';
});

export const kindOf = ({ kinds }: HeapGraph, node: number): number => kinds[node]! & KIND_MASK;

/** Compiled code, shapes, numbers, V8's and Node's own objects are `machinery`. */
export function roleOf(graph: HeapGraph, node: number): Role {
  const kind = kindOf(graph, node);
  if (kind === NodeKind.native && isEmbedders(graph.ids[node]!)) return 'machinery';
  return ROLES[kind]!;
}

/** V8's own ids are odd. Those of Node's C++ objects are made anew for each snapshot. */
const isEmbedders = (id: number): boolean => id % 2 === 0;

/** Number of the place of a closure's function or an object's class, -1 if it has none. The graph is not analysed yet. */
export const placeOf = ({ placeOfNodes }: HeapGraph, node: number): number => placeOfNodes[node]! - 1;
