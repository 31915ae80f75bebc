import type { CallTree } from '../../model/cpu/call-tree.ts';
import { isBurnt } from './owner.ts';
import { visitOutermost } from './outermost.ts';
import type { PlacedProfile } from './placed-profile.ts';

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
    const nodeTotal = nodeTotals(tree);
    visitOutermost(thread, functions.length, (node, index) => (total[index]! += nodeTotal[node]!));
  }
  return { self, total, samples, cpuMicroseconds };
}
