import { isBurnt } from './owner.ts';
import { visitOutermost } from './outermost.ts';
import type { PlacedProfile, PlacedThread } from './placed-profile.ts';

/** Microseconds and samples by function of a `PlacedProfile`, over all its threads. */
export interface FunctionTotals {
  readonly self: Float64Array;
  /** Burnt in the function and in all that it calls; time below a recursive call counts once. */
  readonly total: Float64Array;
  readonly samples: Float64Array;
  /** What the program burnt: neither idle time nor Slowcatch's own cost. Shares are of this. */
  readonly cpuMicroseconds: number;
}

/** Microseconds that the program burnt, by node: in the node and in all nodes below it. */
export function nodeTotals({ tree, ownerOf }: Pick<PlacedThread, 'tree' | 'ownerOf'>): Float64Array {
  const { nodeCount, parent } = tree;
  const total = tree.self.map((time, node) => (isBurnt(ownerOf[node]!) ? time : 0));
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
    const nodeTotal = nodeTotals(thread);
    visitOutermost(thread, functions.length, (node, index) => (total[index]! += nodeTotal[node]!));
  }
  return { self, total, samples, cpuMicroseconds };
}
