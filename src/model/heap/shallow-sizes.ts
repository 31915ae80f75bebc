import { LARGE, selfSizeOf, type HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, KIND_MASK, NodeKind, TO_MASK } from './kinds.ts';
import { hasGlobals } from './owned-nodes.ts';

/** No owner is known yet. */
const UNVISITED = -1;
/** Several objects reach it. */
const SHARED = -2;
/** Hidden objects and arrays have the lowest numbers. */
const isOwnable = (kind: number): boolean => (kind & KIND_MASK) <= NodeKind.array;

/**
 * Gives the bytes of backing stores (arrays, hidden objects, contents of external strings) to the one object that they
 * belong to: a Map is then as large as its table. What several objects reach keeps its size. As `calculateShallowSizes` of
 * Chrome DevTools, which leaves snapshots without globals (`exposeInternals`) as they are. `owners` is scratch.
 */
export function assignShallowSizes(graph: HeapGraph, owners: Int32Array): void {
  if (!hasGlobals(graph)) return;
  const external = externalStrings(graph);
  for (const node of external) graph.kinds[node]! -= NodeKind.native;
  findOwners(graph, owners);
  handOver(graph, owners);
  for (const node of external) graph.kinds[node]! += NodeKind.native;
}

/** Contents of strings outside of the heap; they count as hidden objects meanwhile. */
function externalStrings({ nodeCount, kinds, names, strings }: HeapGraph): number[] {
  const found: number[] = [];
  const external = strings.indexOf('system / ExternalStringData');
  if (external < 0) return found;
  for (let node = 0; node < nodeCount; node++)
    if (names[node] === external && (kinds[node]! & KIND_MASK) === NodeKind.native) found.push(node);
  return found;
}

function handOver(graph: HeapGraph, owners: Int32Array): void {
  const { nodeCount, root, kinds, selfSizes, largeSizes } = graph;
  for (let node = 0; node < nodeCount; node++) {
    if (!isOwnable(kinds[node]!)) continue;
    const owner = owners[node]!;
    if (owner < 0 || owner === root || (kinds[owner]! & KIND_MASK) === NodeKind.synthetic) continue;
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

/** Of each node that can be owned: the one object that reaches it over others of its kind. */
function findOwners({ nodeCount, kinds, firstEdges, edges }: HeapGraph, owners: Int32Array): void {
  owners.fill(UNVISITED);
  // What is owned, and hands its owner on.
  let stack = new Int32Array(1 << 10);
  for (let from = 0; from < nodeCount; from++) {
    if (isOwnable(kinds[from]!)) continue;
    let depth = 0;
    let node = from;
    let owner = from;
    for (;;) {
      for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
        const edge = edges[at]!;
        const to = edge & TO_MASK;
        if (!isOwnable(kinds[to]!) || edgeKind(edge) === EdgeKind.weak) continue;
        const before = owners[to]!;
        if (before === SHARED || before === owner) continue;
        owners[to] = before === UNVISITED ? owner : SHARED;
        if (depth === stack.length) stack = longer(stack);
        stack[depth++] = to;
      }
      if (depth === 0) break;
      node = stack[--depth]!;
      owner = owners[node]!;
    }
  }
}

function longer(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * stack.length);
  larger.set(stack);
  return larger;
}
