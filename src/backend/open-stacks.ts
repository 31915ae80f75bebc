/** A recording or a profile file as weighted stacks: what flamegraphs and exports are made of. */
import { placeFunctions, type PlacedProfile } from '../analysis/cpu/placed-profile.ts';
import { stackProfileOf } from '../analysis/stacks/stack-profile-of.ts';
import type { StackProfile } from '../model/stacks/stack-profile.ts';
import { trackName } from '../present/track-name.ts';
import { openInput, type OpenedInput } from './open-input.ts';

/** `input` is the absolute path of a recording's folder or of a profile file. Throws a `UserError`. */
export async function openStacks(input: string): Promise<StackProfile> {
  const opened = await openInput(input);
  return stacksOf(opened, placeFunctions(opened.threads));
}

/** The stacks of what is open already; `profile` are its threads, placed. */
export function stacksOf({ program, unit, threads }: OpenedInput, profile: PlacedProfile): StackProfile {
  const trackNames = threads.map(({ thread, name }) => (thread ? trackName(thread) : name || program));
  return stackProfileOf({ name: program, unit, profile, trackNames });
}
