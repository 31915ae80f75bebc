import type { DrawnStacks } from '../../analysis/stacks/drawn-stacks.ts';
import type { HtmlFlame, HtmlFunction, HtmlTrack } from '../../contracts/views/html-flame.ts';
import { plainText } from '../../format/untrusted.ts';
import type { StackProfile, StackTrack } from '../../model/stacks/stack-profile.ts';
import { placeText } from './place-text.ts';

/** What the page's script draws: only functions that are drawn are named. `apart` is by track. */
export function htmlFlame(
  { functions, unit, tracks }: StackProfile,
  drawn: readonly DrawnStacks[],
  apart: readonly HtmlTrack['apart'][],
): HtmlFlame {
  const numbers = new Map<number, number>();
  const named: HtmlFunction[] = [];
  const numberOf = (index: number): number => {
    if (index < 0) return -1;
    const known = numbers.get(index);
    if (known !== undefined) return known;
    const each = functions[index]!;
    numbers.set(index, named.length);
    return named.push([plainText(each.name) || '(anonymous)', placeText(each), each.kind]) - 1;
  };
  const drawnTracks = tracks.map((track, index) => ({
    ...htmlTrack(track, drawn[index]!, numberOf),
    apart: apart[index]!,
  }));
  return { unit, functions: named, tracks: drawnTracks };
}

function htmlTrack(
  track: StackTrack,
  drawn: DrawnStacks,
  numberOf: (index: number) => number,
): Omit<HtmlTrack, 'apart'> {
  return {
    name: plainText(track.name),
    parent: Array.from(drawn.parent, (parent, row) => (parent < 0 ? 0 : row - parent)),
    function: Array.from(drawn.node, node => numberOf(track.function[node]!)),
    self: Array.from(drawn.node, node => tenths(track.self[node]!)),
    rest: Array.from(drawn.rest, tenths),
    restCount: [...drawn.restCount],
  };
}

/** Repaired and rescaled weights have long fractions that nobody sees. */
const tenths = (value: number): number => Math.round(value * 10) / 10;
