import type { CallTree } from '../../model/cpu/call-tree.ts';
import { isBurnt } from './owner.ts';
import type { PlacedProfile, PlacedThread } from './placed-profile.ts';

/** Microseconds and samples by function of a `PlacedProfile`, over all its threads. */
export interface FunctionTotals {
  readonly self: Float64Array;
  /** With all that the function calls; time below a recursive call counts once. */
  readonly total: Float64Array;
  readonly samples: Float64Array;
  /** What the program burnt: neither idle time nor Slowcatch's own cost. Shares are of this. */
  readonly cpuMicroseconds: number;
}

/** Microseconds by node: its own and those of all nodes below it. */
export function nodeTotals({ nodeCount, parent, self }: CallTree): Float64Array {
  const total = Float64Array.from(self);
  for (let node = nodeCount - 1; node > 0; node--) total[parent[node]!]! += total[node]!;
  return total;
}

export function functionTotals({ functions, threads }: PlacedProfile): FunctionTotals {
  const self = new Float64Array(functions.length);
  const total = new Float64Array(functions.length);
  const samples = new Float64Array(functions.length);
  let cpuMicroseconds = 0;
  for (const thread of threads) {
    const { tree, functionOf, ownerOf } = thread;
    for (let node = 0; node < tree.nodeCount; node++) {
      if (!isBurnt(ownerOf[node]!)) continue;
      cpuMicroseconds += tree.self[node]!;
      const index = functionOf[tree.frame[node]!]!;
      if (index < 0) continue;
      self[index]! += tree.self[node]!;
      samples[index]! += tree.samples[node]!;
    }
    addOutermost(thread, total);
  }
  return { self, total, samples, cpuMicroseconds };
}

/** Adds the totals of the nodes that have no node of their function above them. */
function addOutermost({ tree, functionOf }: PlacedThread, total: Float64Array): void {
  const { nodeCount, parent, frame } = tree;
  const nodeTotal = nodeTotals(tree);
  const { firstChild, nextSibling } = childLists(tree);
  const open = new Int32Array(total.length);
  for (let node = nodeCount > 0 ? 0 : -1; node >= 0;) {
    const index = functionOf[frame[node]!]!;
    if (index >= 0 && open[index]!++ === 0) total[index]! += nodeTotal[node]!;
    if (firstChild[node]! >= 0) {
      node = firstChild[node]!;
      continue;
    }
    // Out of this node, and of all whose last child it is, to the next sibling.
    let next = -1;
    for (; node >= 0 && next < 0; node = parent[node]!) {
      const left = functionOf[frame[node]!]!;
      if (left >= 0) open[left]!--;
      next = nextSibling[node]!;
    }
    node = next;
  }
}

function childLists({ nodeCount, parent }: CallTree): { firstChild: Int32Array; nextSibling: Int32Array } {
  const firstChild = new Int32Array(nodeCount).fill(-1);
  const nextSibling = new Int32Array(nodeCount).fill(-1);
  for (let node = nodeCount - 1; node > 0; node--) {
    const above = parent[node]!;
    nextSibling[node] = firstChild[above]!;
    firstChild[above] = node;
  }
  return { firstChild, nextSibling };
}
