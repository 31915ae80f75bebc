import type { StackProfile } from './stack-profile.ts';

/** States in which the program burnt nothing, or nobody knows whether it did: V8's, and our own. */
const NOT_BUSY: ReadonlySet<string> = new Set(['(idle)', '(not sampled)']);

/** The same stacks without waiting: formats of CPU time have no place for it, and pictures drown in it. */
export function busyStacks(profile: StackProfile): StackProfile {
  const { functions, tracks } = profile;
  const isIdle = functions.map(({ kind, name }) => kind === 'state' && NOT_BUSY.has(name));
  if (!isIdle.includes(true)) return profile;
  return {
    ...profile,
    tracks: tracks.map(track => {
      const isBusy = (_: number, node: number): boolean => isIdle[track.function[node]!] !== true;
      return {
        ...track,
        self: track.self.map((value, node) => (isBusy(value, node) ? value : 0)),
        samples: track.samples.map((value, node) => (isBusy(value, node) ? value : 0)),
      };
    }),
  };
}
