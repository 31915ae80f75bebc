/** What a flamegraph says about itself in words. */
import type { LeftOut } from '../../analysis/stacks/burnt-stacks.ts';
import { formatShare, formatTime } from '../../format/numbers.ts';
import { formatWeight } from '../../format/weight.ts';
import { microseconds } from '../../contracts/units.ts';
import type { TimeOrderedStacks } from '../../model/stacks/time-ordered-stacks.ts';
import type { StackUnit } from '../../model/stacks/stack-profile.ts';
import type { FlameTrack } from './flame-file.ts';

const LEAST_SAID = 0.001;

/** What is not drawn; nothing where that is next to nothing. */
export function flameNotes(tracks: readonly FlameTrack[], leftOut: LeftOut, unit: StackUnit): string[] {
  const drawn = sum(tracks.map(({ total }) => total));
  const merged = sum(tracks.map(({ merged }) => merged));
  const all = drawn + leftOut.idle + leftOut.notSampled + leftOut.slowcatch;
  const said = (weight: number, text: string): string[] => (weight > LEAST_SAID * all ? [text] : []);
  const weight = (value: number): string => `${formatWeight(value, unit)} (${formatShare(value / all)})`;
  return [
    ...said(leftOut.idle, `Idle time is left out: ${weight(leftOut.idle)}.`),
    ...said(leftOut.notSampled, `Time without samples is left out: ${weight(leftOut.notSampled)}.`),
    ...said(leftOut.slowcatch, `Slowcatch’s own cost is left out: ${weight(leftOut.slowcatch)}.`),
    ...said(
      merged,
      `Functions below 0.025 % of their thread are drawn together: ${formatShare(merged / drawn)}.`,
    ),
  ];
}

/** What the order of time cannot show. */
export function timeNotes({ bucketMicroseconds, tracks }: TimeOrderedStacks): string[] {
  const estimated = sum(tracks.map(({ estimatedMicroseconds }) => estimatedMicroseconds));
  return [
    `Each ${formatTime(microseconds(bucketMicroseconds))} shows the stack that held most of it; gaps are idle time.`,
    ...(estimated > 0
      ? [`For ${formatTime(microseconds(estimated))} the innermost function is the likeliest of several.`]
      : []),
  ];
}

/** Why there is nothing to draw, and what to do. */
export function emptyFlame(leftOut: LeftOut, unit: StackUnit): string {
  if (unit === 'bytes')
    return 'Nothing was allocated. Record for longer, or while the program has work to do.';
  return leftOut.idle > 0
    ? `The program burnt no CPU time: it was idle for ${formatWeight(leftOut.idle, unit)}. Record while it has work to do.`
    : 'There are no samples. Record for longer, or while the program has work to do.';
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
