import type { StackProfile, StackTrack } from '../../model/stacks/stack-profile.ts';
import { childrenByWeight, nodeTotals } from './node-order.ts';

/** By function of a profile, in its unit, over all tracks. */
export interface FunctionWeights {
  readonly self: Float64Array;
  /** Of the function and all that it calls; what lies below a recursive call counts once. */
  readonly total: Float64Array;
  readonly samples: Float64Array;
  /** Caller → weight of the calls of this function that are not below another call of it; -1: nobody calls it. */
  readonly callers: readonly ReadonlyMap<number, number>[];
  readonly sum: number;
}

export function functionWeights({ functions, tracks }: StackProfile): FunctionWeights {
  const self = new Float64Array(functions.length);
  const total = new Float64Array(functions.length);
  const samples = new Float64Array(functions.length);
  const callers = functions.map(() => new Map<number, number>());
  let sum = 0;
  for (const track of tracks) {
    const weight = nodeTotals(track);
    sum += weight[0] ?? 0;
    for (let node = 1; node < track.nodeCount; node++) {
      self[track.function[node]!]! += track.self[node]!;
      samples[track.function[node]!]! += track.samples[node]!;
    }
    visitOutermost(track, weight, functions.length, node => {
      const index = track.function[node]!;
      const caller = track.function[track.parent[node]!]!;
      total[index]! += weight[node]!;
      callers[index]!.set(caller, (callers[index]!.get(caller) ?? 0) + weight[node]!);
    });
  }
  return { self, total, samples, callers, sum };
}

/** Live nodes that have no node of their function above them. */
function visitOutermost(
  track: StackTrack,
  weight: Float64Array,
  count: number,
  visit: (node: number) => void,
): void {
  const { start, order } = childrenByWeight(track, weight);
  const open = new Int32Array(count);
  const path = [0];
  const next = [start[0]!];
  while (path.length > 0) {
    const node = path.at(-1)!;
    const index = next[next.length - 1]!++;
    const child = index < start[node + 1]! ? order[index]! : -1;
    if (child < 0 || weight[child]! <= 0) {
      path.pop();
      next.pop();
      if (node > 0) open[track.function[node]!]!--;
      continue;
    }
    if (open[track.function[child]!]!++ === 0) visit(child);
    path.push(child);
    next.push(start[child]!);
  }
}
