import { heaviest } from './heaviest.ts';
import type { PlacedProfile, PlacedThread } from './placed-profile.ts';

/** A caller of a chain of calls, and how much of the self time of the chain's first function it is behind. */
export interface Caller {
  /** Index into the profile's functions. */
  readonly function: number;
  readonly selfMicroseconds: number;
}

/**
 * Who calls a function: `chain` is [the function], or [the function, its caller, the caller's caller, …] to go on from
 * there. Heaviest first; what V8 itself calls has no caller.
 */
export function callers(profile: PlacedProfile, chain: readonly number[]): Caller[] {
  const self = new Float64Array(profile.functions.length);
  for (const thread of profile.threads) addCallers(thread, chain, self);
  return heaviest(self, self.length).map(index => ({ function: index, selfMicroseconds: self[index]! }));
}

function addCallers({ tree, functionOf }: PlacedThread, chain: readonly number[], self: Float64Array): void {
  const { nodeCount, parent, frame } = tree;
  for (let start = 0; start < nodeCount; start++) {
    let node = start;
    for (let depth = 0; node >= 0 && depth < chain.length; depth++) {
      node = functionOf[frame[node]!] === chain[depth] ? parent[node]! : -1;
    }
    const caller = node >= 0 ? functionOf[frame[node]!]! : -1;
    if (caller >= 0) self[caller]! += tree.self[start]!;
  }
}
