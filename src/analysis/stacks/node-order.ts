/** Ways through the tree of a track. */
import type { StackTrack } from '../../model/stacks/stack-profile.ts';

/** In the profile's unit, by node: of the node and of all below it. */
export function nodeTotals({ nodeCount, parent, self }: StackTrack): Float64Array {
  const total = self.slice();
  for (let node = nodeCount - 1; node > 0; node--) total[parent[node]!]! += total[node]!;
  return total;
}

/** The children of each node: `order[start[n]] … order[start[n + 1] - 1]`, by `weight` descending. */
export interface Children {
  readonly start: Int32Array;
  readonly order: Int32Array;
}

export function childrenByWeight({ nodeCount, parent }: StackTrack, weight: Float64Array): Children {
  const start = new Int32Array(nodeCount + 1);
  for (let node = 1; node < nodeCount; node++) start[parent[node]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) start[node + 1]! += start[node]!;
  const order = new Int32Array(Math.max(0, nodeCount - 1));
  const next = start.slice();
  for (let node = 1; node < nodeCount; node++) order[next[parent[node]!]!++] = node;
  for (let node = 0; node < nodeCount; node++) {
    const [from, to] = [start[node]!, start[node + 1]!];
    if (to - from > 1) order.subarray(from, to).sort((a, b) => weight[b]! - weight[a]! || a - b);
  }
  return { start, order };
}
