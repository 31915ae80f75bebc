/** A recording or a profile file as weighted stacks: what flamegraphs and exports are made of. */
import { placeFunctions, type PlacedProfile } from '../analysis/cpu/placed-profile.ts';
import { stackProfileOf } from '../analysis/stacks/stack-profile-of.ts';
import type { Metric } from '../contracts/profile-source.ts';
import type { ThreadRecord } from '../contracts/recording.ts';
import { UserError } from '../contracts/user-error.ts';
import type { StackProfile } from '../model/stacks/stack-profile.ts';
import { trackName } from '../present/track-name.ts';
import type { OpenedInput } from './open-input.ts';

/**
 * The stacks of what is open already; `profile` gives its threads, placed. Without a metric that of the CPU, or the first
 * that there is. Throws `metric-not-recorded`.
 */
export function stacksOf(
  { name: title, program, unit, threads, allocations = [] }: OpenedInput,
  profile: () => PlacedProfile,
  metric: Metric = threads.length > 0 ? 'cpu' : (allocations[0]?.metric ?? 'cpu'),
): StackProfile {
  const namesOf = (tracks: readonly { readonly thread?: ThreadRecord; readonly name?: string }[]): string[] =>
    tracks.map(({ thread, name }) => (thread ? trackName(thread) : name || program));
  if (metric === 'cpu')
    return stackProfileOf({ name: program, unit, profile: profile(), trackNames: namesOf(threads) });
  const trees = allocations.filter(tree => tree.metric === metric);
  if (trees.length === 0) throw new UserError('metric-not-recorded', { name: title, metric });
  return stackProfileOf({
    ...{ name: program, unit: 'bytes', trackNames: namesOf(trees) },
    profile: placeFunctions(trees),
  });
}
