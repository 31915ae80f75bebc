import { LARGE, selfSizeOf, type HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, KIND_MASK, NodeKind, TO_MASK } from './kinds.ts';
import { hasGlobals } from './owned-nodes.ts';

/** No owner is known yet. */
const UNVISITED = -1;
/** Several objects reach it. */
const SHARED = -2;

/**
 * Gives the bytes of backing stores (arrays, hidden objects, contents of external strings) to the one object that they
 * belong to: a Map is then as large as its table. What several objects reach keeps its size. As `calculateShallowSizes` of
 * Chrome DevTools, which leaves snapshots without globals (`exposeInternals`) as they are. `owners` is scratch.
 */
export function assignShallowSizes(graph: HeapGraph, owners: Int32Array): void {
  if (!hasGlobals(graph)) return;
  findOwners(graph, owners);
  const { nodeCount, root, kinds, selfSizes, largeSizes } = graph;
  for (let node = 0; node < nodeCount; node++) {
    const owner = owners[node]!;
    if (owner < 0 || owner === node || owner === root) continue;
    if ((kinds[owner]! & KIND_MASK) === NodeKind.synthetic) continue;
    const size = selfSizes[node]! + selfSizes[owner]!;
    if (size < LARGE) selfSizes[owner] = size;
    else putSize(graph, owner, selfSizeOf(graph, node) + selfSizeOf(graph, owner));
    selfSizes[node] = 0;
    largeSizes.delete(node);
  }
}

function putSize({ selfSizes, largeSizes }: HeapGraph, node: number, size: number): void {
  selfSizes[node] = size < LARGE ? size : LARGE;
  if (size >= LARGE) largeSizes.set(node, size);
}

/** Each node that can be owned: the one object that reaches it over others of its kind. */
function findOwners(graph: HeapGraph, owners: Int32Array): void {
  const { nodeCount, firstEdges, edges } = graph;
  const ownable = ownableNodes(graph, owners);
  // What is owned, and hands its owner on.
  let stack = new Int32Array(1 << 10);
  for (let from = 0; from < nodeCount; from++) {
    if (ownable[from] !== 0) continue;
    let depth = 0;
    let node = from;
    for (;;) {
      const owner = owners[node]!;
      for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
        const edge = edges[at]!;
        const to = edge & TO_MASK;
        if (ownable[to] === 0 || edgeKind(edge) === EdgeKind.weak) continue;
        const before = owners[to]!;
        if (before === SHARED || before === owner) continue;
        owners[to] = before === UNVISITED ? owner : SHARED;
        if (depth === stack.length) stack = longer(stack);
        stack[depth++] = to;
      }
      if (depth === 0) break;
      node = stack[--depth]!;
    }
  }
}

/** 1 for what can be owned; all others own themselves. */
function ownableNodes(graph: HeapGraph, owners: Int32Array): Uint8Array {
  const { nodeCount, kinds, names, strings } = graph;
  const external = strings.indexOf('system / ExternalStringData');
  const ownable = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const kind = kinds[node]! & KIND_MASK;
    const isOwnable =
      kind === NodeKind.hidden ||
      kind === NodeKind.array ||
      (kind === NodeKind.native && names[node] === external);
    ownable[node] = isOwnable ? 1 : 0;
    owners[node] = isOwnable ? UNVISITED : node;
  }
  return ownable;
}

function longer(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * stack.length);
  larger.set(stack);
  return larger;
}
