import { type PlacedProfile, placeFunctions } from '../../../../src/analysis/cpu/placed-profile.ts';
import type { Placement } from '../../../../src/model/source/placement.ts';
import { IdentityPlacement } from '../../../../src/model/source/placement.ts';
import { parseCallTree } from '../../../draw/call-tree.ts';

/** Threads as text (see call-tree.ts), each placed where it ran. */
export const placed = (...drawn: readonly string[]): PlacedProfile =>
  placedBy(new IdentityPlacement(), ...drawn);

/** Where the agent of `placedWithAgent` stands. */
export const AGENT = '/slowcatch/agent.cjs';

/** One thread of a program that Slowcatch records: the functions of `AGENT` are its own. */
export const placedWithAgent = (drawn: string): PlacedProfile =>
  placeFunctions([{ tree: parseCallTree(drawn), place: new IdentityPlacement(), agent: AGENT }]);

export function placedBy(place: Placement, ...drawn: readonly string[]): PlacedProfile {
  return placeFunctions(drawn.map(text => ({ tree: parseCallTree(text), place })));
}
