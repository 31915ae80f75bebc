/**
 * What ran in the order of time, as a file that speedscope draws: "evented", with the brackets of each stretch's stack.
 * Format: https://www.speedscope.app/file-format-schema.json.
 */
import type { StackFunction, StackProfile } from '../../model/stacks/stack-profile.ts';
import type { TimeOrderedStacks, TimeOrderedTrack } from '../../model/stacks/time-ordered-stacks.ts';
import { plainText } from '../../format/untrusted.ts';
import { flameText, Frames } from './flame-file.ts';

/**
 * Functions get the numbers that they have in `profile`, of the same source, so that both pictures and the table mean
 * the same ones; time in which nothing ran is a gap.
 */
export function timeFile(
  stacks: TimeOrderedStacks,
  profile: StackProfile,
  placeOf: (file: string) => string,
): string {
  const numbers = new Map(profile.functions.map((each, index) => [nameOf(each), index]));
  const frames = new Frames(profile, placeOf);
  const numberOf = stacks.functions.map(each => (isGap(each) ? GAP : (numbers.get(nameOf(each)) ?? UNKNOWN)));
  const drawn = stacks.tracks.map(track => ({
    name: plainText(track.name),
    total: stacks.endMicroseconds - stacks.startMicroseconds,
    text: events(track, numberOf, frames),
  }));
  return flameText({ name: profile.name, unit: 'microseconds' }, frames, drawn);
}

const GAP = -1;
/** Of a stack that the sums do not have: told apart in one stretch, lost in the other. */
const UNKNOWN = -3;

const isGap = ({ kind, name }: StackFunction): boolean =>
  kind === 'state' && (name === '(idle)' || name === '(not sampled)');

const nameOf = ({ name, file, line, column, kind }: StackFunction): string =>
  JSON.stringify([name, file, line, column, kind]);

function events(
  { parent, function: functionAt, stack, duration }: TimeOrderedTrack,
  numberOf: readonly number[],
  frames: Frames,
): string {
  const parts: string[] = [];
  const open: number[] = [];
  let at = 0;
  const event = (type: 'O' | 'C', node: number): void => {
    const frame = frames.of(numberOf[functionAt[node]!]!);
    parts.push(`{"type":"${type}","frame":${frame},"at":${Math.round(at * 1000) / 1000}}`);
  };
  const turnTo = (path: readonly number[]): void => {
    let same = 0;
    while (same < path.length && open[same] === path[same]) same++;
    while (open.length > same) event('C', open.pop()!);
    for (const node of path.slice(same)) {
      open.push(node);
      event('O', node);
    }
  };
  for (let index = 0; index < stack.length; index++) {
    turnTo(pathTo(stack[index]!, parent, node => numberOf[functionAt[node]!] === GAP));
    at += duration[index]!;
  }
  turnTo([]);
  return parts.join(',');
}

/** From the outermost; empty for what is a gap. */
function pathTo(node: number, parent: Int32Array, isGap: (node: number) => boolean): number[] {
  const path: number[] = [];
  for (let each = node; each > 0; each = parent[each]!) {
    if (isGap(each)) return [];
    path.push(each);
  }
  return path.reverse();
}
