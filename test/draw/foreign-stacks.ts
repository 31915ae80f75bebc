/** Call trees of foreign profiles as stacks, to be drawn or summed up. */
import { placeFunctions } from '../../src/analysis/cpu/placed-profile.ts';
import { stackProfileOf } from '../../src/analysis/stacks/stack-profile-of.ts';
import type { CallTree } from '../../src/model/cpu/call-tree.ts';
import { IdentityPlacement } from '../../src/model/source/placement.ts';
import type { StackProfile, StackUnit } from '../../src/model/stacks/stack-profile.ts';

export function foreignStacks(
  tracks: readonly { readonly name: string; readonly tree: CallTree }[],
  unit: StackUnit,
): StackProfile {
  const place = new IdentityPlacement();
  return stackProfileOf({
    name: '',
    unit,
    profile: placeFunctions(tracks.map(({ tree }) => ({ tree, place }))),
    trackNames: tracks.map(({ name }) => name),
  });
}
