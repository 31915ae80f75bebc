import { callingNode } from './calling-node.ts';
import { heaviest } from './heaviest.ts';
import { isBurnt } from './owner.ts';
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

/** Whether anything but V8 itself calls the last function of the chain. */
export const hasCallers = (profile: PlacedProfile, chain: readonly number[]): boolean =>
  profile.threads.some(thread => {
    const { tree, functionOf } = thread;
    for (let start = 0; start < tree.nodeCount; start++) {
      const node = callerNode(thread, chain, start);
      if (node >= 0 && functionOf[tree.frame[node]!]! >= 0) return true;
    }
    return false;
  });

/** The node that calls the chain which ends in `start`; -1 when another chain ends there, or Slowcatch's own work. */
function callerNode(thread: PlacedThread, chain: readonly number[], start: number): number {
  const { tree, functionOf, ownerOf } = thread;
  let node = isBurnt(ownerOf[start]!) ? start : -1;
  for (let depth = 0; node >= 0 && depth < chain.length; depth++)
    node = functionOf[tree.frame[node]!] === chain[depth] ? callingNode(thread, node) : -1;
  return node;
}

function addCallers(thread: PlacedThread, chain: readonly number[], self: Float64Array): void {
  const { tree, functionOf } = thread;
  for (let start = 0; start < tree.nodeCount; start++) {
    const node = callerNode(thread, chain, start);
    const caller = node >= 0 ? functionOf[tree.frame[node]!]! : -1;
    if (caller >= 0) self[caller]! += tree.self[start]!;
  }
}
