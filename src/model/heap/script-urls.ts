import { nameOf, type HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, KIND_MASK, NodeKind, TO_MASK } from './kinds.ts';

/**
 * URL or file of each script that a closure's place names: places have only V8's number of the script, but a closure leads
 * to its function's script (`shared`, `script`), and that to its name. Untrusted.
 */
export function scriptUrls(graph: HeapGraph): ReadonlyMap<number, string> {
  const urls = new Map<number, string>();
  const { nodes, placeOfNodes } = graph.places;
  const follow = follower(graph, ['shared', 'script', 'name']);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if ((graph.kinds[node]! & KIND_MASK) !== NodeKind.closure) continue;
    const scriptId = graph.places.scriptId(placeOfNodes[at]!);
    if (urls.has(scriptId)) continue;
    const name = follow(node);
    if (name >= 0 && isText(graph.kinds[name]! & KIND_MASK)) urls.set(scriptId, nameOf(graph, name));
  }
  return urls;
}

const isText = (kind: number): boolean =>
  kind === NodeKind.string || kind === NodeKind.concatenatedString || kind === NodeKind.slicedString;

/** Goes from a node along internal edges of these names; -1 where there is none. */
function follower(graph: HeapGraph, names: readonly string[]): (node: number) => number {
  const wanted = names.map(name => graph.strings.indexOf(name));
  const { firstEdges, edges, edgeNames } = graph;
  const step = (node: number, name: number): number => {
    for (let at = firstEdges[node]!; at < firstEdges[node + 1]!; at++)
      if (edgeNames[at] === name && edgeKind(edges[at]!) === EdgeKind.internal) return edges[at]! & TO_MASK;
    return -1;
  };
  return node => wanted.reduce((at, name) => (at < 0 ? at : step(at, name)), node);
}
