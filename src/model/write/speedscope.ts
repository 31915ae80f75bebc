/** Writes speedscope's own format: https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources */
import type { StackFunction, StackProfile, StackTrack } from '../stacks/stack-profile.ts';
import { depthFirst } from './depth-first.ts';

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/**
 * JSON in pieces: one sample per node that has self, in depth-first order, so that neighbours merge into one picture
 * whose axis is not time. `exporter` is the name and version of the program that writes.
 */
export function* writeSpeedscope(profile: StackProfile, exporter: string): Generator<string> {
  const { name, functions, tracks, unit } = profile;
  const head = { $schema: SCHEMA, exporter, name, activeProfileIndex: heaviest(tracks) };
  yield `${JSON.stringify(head).slice(0, -1)},"shared":{"frames":[`;
  for (const [index, each] of functions.entries()) yield (index > 0 ? ',' : '') + JSON.stringify(frame(each));
  yield ']},"profiles":[';
  for (const [index, track] of tracks.entries()) {
    if (index > 0) yield ',';
    yield* writeTrack(track, unit);
  }
  yield ']}\n';
}

const frame = ({ name, file, line, column }: StackFunction) => ({
  name,
  ...(file === '' ? {} : { file }),
  ...(line > 0 ? { line } : {}),
  ...(column > 0 ? { col: column } : {}),
});

function* writeTrack(track: StackTrack, unit: StackProfile['unit']): Generator<string> {
  const { self, function: functionOf } = track;
  const { node, depth } = depthFirst(track);
  const total = sum(self);
  const head = { type: 'sampled', name: track.name, unit, startValue: 0, endValue: rounded(total) };
  yield `${JSON.stringify(head).slice(0, -1)},"samples":[`;
  const path: number[] = [];
  let separator = '';
  for (const [place, each] of node.entries()) {
    path.length = depth[place]! - 1;
    path.push(functionOf[each]!);
    if (!(self[each]! > 0)) continue;
    yield `${separator}[${path.join(',')}]`;
    separator = ',';
  }
  yield '],"weights":[';
  separator = '';
  for (const each of node) {
    if (!(self[each]! > 0)) continue;
    yield `${separator}${rounded(self[each]!)}`;
    separator = ',';
  }
  yield ']}';
}

/** The profile that is shown first. */
function heaviest(tracks: readonly StackTrack[]): number {
  const totals = tracks.map(({ self }) => sum(self));
  return Math.max(0, totals.indexOf(Math.max(...totals)));
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Nanoseconds, and thousandths of a byte: what comes behind is noise. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
