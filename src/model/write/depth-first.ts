import type { StackTrack } from '../stacks/stack-profile.ts';

/**
 * The nodes of a track in the order in which they are drawn and written: each before its children, the heaviest child
 * first. What no sample ended in or below is left out.
 *
 *   node    by place in the order
 *   depth   by place in the order: 1 for the outermost functions; the root is left out
 */
export interface DepthFirst {
  readonly node: Int32Array;
  readonly depth: Int32Array;
}

export function depthFirst({ nodeCount, parent, self }: StackTrack): DepthFirst {
  const total = self.slice();
  for (let node = nodeCount - 1; node > 0; node--) total[parent[node]!]! += total[node]!;
  const { first, next } = linkChildren(parent, total);
  const node = new Int32Array(nodeCount);
  const depth = new Int32Array(nodeCount);
  let count = 0;
  let at = first[0]!;
  let level = 1;
  while (at > 0) {
    node[count] = at;
    depth[count++] = level;
    if (first[at]! > 0) {
      at = first[at]!;
      level++;
      continue;
    }
    while (at > 0 && next[at] === 0) {
      at = parent[at]!;
      level--;
    }
    at = at > 0 ? next[at]! : 0;
  }
  return { node: node.subarray(0, count), depth: depth.subarray(0, count) };
}

/** First child and next sibling by node, 0 for none: no node stands before the root. */
function linkChildren(parent: Int32Array, total: Float64Array): { first: Int32Array; next: Int32Array } {
  const first = new Int32Array(parent.length);
  const next = new Int32Array(parent.length);
  const live = Int32Array.from(parent.keys()).filter(node => node > 0 && total[node]! > 0);
  // The lightest is put in front first; of equals the later one.
  live.sort((a, b) => total[a]! - total[b]! || b - a);
  for (const node of live) {
    const above = parent[node]!;
    next[node] = first[above]!;
    first[above] = node;
  }
  return { first, next };
}
