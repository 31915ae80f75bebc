import { nameOf, type HeapGraph } from './graph.ts';
import type { Heap } from './heap.ts';
import { EdgeKind, edgeKind, KIND_MASK, NodeKind, TO_MASK } from './kinds.ts';

/**
 * URL or file of each script that a closure's place names: places have only V8's number of the script, but a closure leads
 * to its function's script (`shared`, `script`; in Node 20 `script_or_debug_info`), and that to its name. Untrusted.
 */
export function scriptUrls({
  graph,
  classes: { classes, examples },
}: Pick<Heap, 'graph' | 'classes'>): ReadonlyMap<number, string> {
  const urls = new Map<number, string>();
  const follow = follower(graph, [['shared'], ['script', 'script_or_debug_info'], ['name']]);
  for (const [index, { kind, place }] of classes.entries()) {
    if (kind !== 'closure' || place < 0 || urls.has(graph.places.scriptId(place))) continue;
    const name = follow(examples[index]!);
    if (name >= 0 && isText(graph.kinds[name]! & KIND_MASK))
      urls.set(graph.places.scriptId(place), nameOf(graph, name));
  }
  return urls;
}

const isText = (kind: number): boolean =>
  kind === NodeKind.string || kind === NodeKind.concatenatedString || kind === NodeKind.slicedString;

/** Goes from a node along internal edges, of one of these names each; -1 where there is none. */
function follower(graph: HeapGraph, names: readonly (readonly string[])[]): (node: number) => number {
  const wanted = names.map(each => each.map(name => graph.strings.indexOf(name)));
  const { firstEdges, edges, edgeNames } = graph;
  const step = (node: number, oneOf: readonly number[]): number => {
    for (let at = firstEdges[node]!; at < firstEdges[node + 1]!; at++)
      if (oneOf.includes(edgeNames[at]!) && edgeKind(edges[at]!) === EdgeKind.internal)
        return edges[at]! & TO_MASK;
    return -1;
  };
  return node => wanted.reduce((at, oneOf) => (at < 0 ? at : step(at, oneOf)), node);
}
