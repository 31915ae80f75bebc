import { NOT_SAMPLED_FRAME } from '../../model/cpu/profile.ts';
import type { StackFunction, StackProfile, StackTrack } from '../../model/stacks/stack-profile.ts';
import { isAgentWork } from '../cpu/owner.ts';

/** In the profile's unit. */
export interface LeftOut {
  readonly idle: number;
  /** Of which nobody knows whether the program burnt it. */
  readonly notSampled: number;
  readonly slowcatch: number;
}

/** The stacks that the program itself burnt, as hints and reports count them, and how much that leaves out. */
export interface BurntStacks {
  readonly profile: StackProfile;
  readonly leftOut: LeftOut;
}

type Reason = keyof LeftOut;

/** The trees stay as they are; nodes of what is left out weigh nothing. */
export function burntStacks(profile: StackProfile): BurntStacks {
  const reasons = profile.functions.map(reasonOf);
  const leftOut = { idle: 0, notSampled: 0, slowcatch: 0 };
  const tracks = profile.tracks.map(track => burntTrack(track, reasons, leftOut));
  return { profile: { ...profile, tracks }, leftOut };
}

function burntTrack(
  track: StackTrack,
  reasons: readonly (Reason | undefined)[],
  leftOut: Record<Reason, number>,
): StackTrack {
  const self = track.self.slice();
  const samples = track.samples.slice();
  const reasonAt: (Reason | undefined)[] = [];
  for (let node = 0; node < track.nodeCount; node++) {
    const reason = reasonAt[track.parent[node]!] ?? reasons[track.function[node]!];
    reasonAt.push(reason);
    if (reason === undefined) continue;
    leftOut[reason] += self[node]!;
    self[node] = 0;
    samples[node] = 0;
  }
  return { ...track, self, samples };
}

function reasonOf({ name, kind }: StackFunction): Reason | undefined {
  if (kind === 'state' && name === '(idle)') return 'idle';
  if (kind === 'state' && name === NOT_SAMPLED_FRAME.functionName) return 'notSampled';
  const isWork = isAgentWork({ functionName: name });
  return kind === 'slowcatch' && isWork ? 'slowcatch' : undefined;
}
