import type { HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, TO_MASK } from './kinds.ts';

/** By node; -1 where there is none. */
export interface Distances {
  /** References between the root, or a global, and the node. */
  readonly distance: Int32Array;
  /** The node that it is reached from on its shortest way: what a retainer path climbs. */
  readonly parent: Int32Array;
}

/**
 * Breadth first over essential edges: first from the program's globals, then from the root, and last over hidden classes
 * too, as nobody is held by a hidden class that has another way to the root. `distance`, `parent` and `queue` are taken over.
 */
export function distances(graph: HeapGraph, columns: Distances & { readonly queue: Int32Array }): Distances {
  const { root, firstEdges, edges, edgeNames } = graph;
  const { distance, parent, queue } = columns;
  distance.fill(-1);
  parent.fill(-1);
  const map = graph.strings.indexOf('map');
  let length = 0;
  const spread = (from: number, isLast: boolean): void => {
    for (let head = from; head < length; head++) {
      const node = queue[head]!;
      const next = distance[node]! + 1;
      for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
        const edge = edges[at]!;
        if (edge < 0) continue;
        const to = edge & TO_MASK;
        if (distance[to]! >= 0) continue;
        if (!isLast && edgeNames[at] === map && edgeKind(edge) === EdgeKind.internal) continue;
        distance[to] = next;
        parent[to] = node;
        queue[length++] = to;
      }
    }
  };
  for (let at = firstEdges[root]!; at < firstEdges[root + 1]!; at++) {
    const to = edges[at]! & TO_MASK;
    if (edgeKind(edges[at]!) !== EdgeKind.shortcut || distance[to]! >= 0 || to === root) continue;
    distance[to] = 1;
    parent[to] = root;
    queue[length++] = to;
  }
  spread(0, false);
  const behindGlobals = length;
  if (distance[root]! < 0) {
    distance[root] = 0;
    queue[length++] = root;
  }
  spread(behindGlobals, false);
  spread(0, true);
  distance[root] = 0;
  parent[root] = -1;
  return { distance, parent };
}
