import type { LeftOut } from '../../analysis/stacks/burnt-stacks.ts';
import type { FunctionWeights } from '../../analysis/stacks/function-weights.ts';
import { microseconds } from '../../contracts/units.ts';
import { formatCount, formatShare, formatTime } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { formatWeight } from '../../format/weight.ts';
import type { StackProfile } from '../../model/stacks/stack-profile.ts';
import { markup, type Html } from './html.ts';

/** What the profile itself does not say. */
export interface HtmlFacts {
  /** ISO 8601. */
  readonly startedAt?: string;
  /** Mean time between samples. */
  readonly intervalMicroseconds?: number;
  /** `Slowcatch 0.1.0`. */
  readonly producer: string;
}

/** What is shown, how it was measured, and what is not in the graph. `weights` are of what is. */
export function factsList(
  profile: StackProfile,
  weights: FunctionWeights,
  leftOut: LeftOut,
  facts: HtmlFacts,
): Html {
  const rows = [
    [profile.unit === 'bytes' ? 'Memory' : 'CPU time', formatWeight(weights.sum, profile.unit)],
    ...states(profile, weights, leftOut),
    ['Measured', measured(profile, facts)],
    ...(profile.tracks.length > 1 ? [['Threads', formatCount(profile.tracks.length)]] : []),
    ...(facts.startedAt === undefined ? [] : [['Recorded', date(facts.startedAt)]]),
  ];
  return markup`<dl>
    ${rows.map(([name = '', value = '']) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** Garbage collection is in the graph; idle and not sampled time and our own cost stand beside it. */
function states(
  { functions, unit }: StackProfile,
  { self, sum }: FunctionWeights,
  leftOut: LeftOut,
): string[][] {
  const collector = functions.findIndex(
    ({ kind, name }) => kind === 'state' && name === '(garbage collector)',
  );
  const collecting = self[collector] ?? 0;
  return [
    ['Garbage collection', collecting, ` (${formatShare(collecting / sum)} of it)`] as const,
    ['Idle', leftOut.idle, ', not in the graph'] as const,
    ['Not sampled', leftOut.notSampled, ' (the machine was too busy), not in the graph'] as const,
    ['Slowcatch itself', leftOut.slowcatch, ', not in the graph'] as const,
  ]
    .filter(([, weight]) => weight > 0)
    .map(([name, weight, where]) => [name, `${formatWeight(weight, unit)}${where}`]);
}

function measured({ tracks, unit }: StackProfile, { intervalMicroseconds }: HtmlFacts): string {
  const samples = tracks.reduce((sum, track) => sum + track.samples.reduce((all, each) => all + each, 0), 0);
  const every =
    intervalMicroseconds === undefined || unit === 'bytes'
      ? ''
      : `, one per ${formatTime(microseconds(intervalMicroseconds))}`;
  const counted = `sampled, ${formatCount(samples)} samples${every}`;
  return unit === 'bytes' ? counted : `time-weighted; ${counted}`;
}

/** `2026-11-23 10:31:22 UTC`; as it is where it is no date. */
function date(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time)
    ? plainText(text)
    : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
