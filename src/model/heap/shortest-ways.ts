import type { HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, TO_MASK } from './kinds.ts';

const NONE = -1;
/** Where only hidden classes have led to so far: `PUT_OFF - node`. */
const PUT_OFF = -2;

/**
 * By node: the node that it is reached from on its shortest way from the program's globals, else from the root; -1 for the
 * root and for what is not reached. Breadth first over essential edges; over hidden classes last, as nobody is held by a
 * hidden class that has another way to the root. `parents` is filled, `queue` is scratch.
 */
export function shortestWays(graph: HeapGraph, parents: Int32Array, queue: Int32Array): Int32Array {
  const { root, firstEdges, edges, edgeNames } = graph;
  parents.fill(NONE);
  // So that nothing leads to it.
  parents[root] = root;
  const map = graph.strings.indexOf('map');
  let length = 0;
  const putOff: number[] = [];
  const spread = (from: number): void => {
    for (let head = from; head < length; head++) {
      const node = queue[head]!;
      for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
        const edge = edges[at]!;
        if (edge < 0) continue;
        const to = edge & TO_MASK;
        const before = parents[to]!;
        if (before >= 0) continue;
        if (edgeNames[at] === map && edgeKind(edge) === EdgeKind.internal) {
          if (before !== NONE) continue;
          parents[to] = PUT_OFF - node;
          putOff.push(to);
          continue;
        }
        parents[to] = node;
        queue[length++] = to;
      }
    }
  };
  for (let at = firstEdges[root]!; at < firstEdges[root + 1]!; at++) {
    const to = edges[at]! & TO_MASK;
    if (edgeKind(edges[at]!) !== EdgeKind.shortcut || parents[to] !== NONE) continue;
    parents[to] = root;
    queue[length++] = to;
  }
  spread(0);
  queue[length++] = root;
  spread(length - 1);
  for (const node of putOff) {
    if (parents[node]! >= 0) continue;
    parents[node] = PUT_OFF - parents[node]!;
    queue[length++] = node;
    spread(length - 1);
  }
  parents[root] = NONE;
  return parents;
}
