/** The frames of one track, as d3-fg draws them. */
import type { Frame } from 'd3-fg';
import type { HtmlFlame, HtmlKind, HtmlTrack } from '../../src/contracts/views/html-flame.ts';
import { formatCount } from '../../src/format/numbers.ts';

/** A frame with what is said of it; `place` '' where there is none. */
export interface NamedFrame extends Frame {
  readonly title: string;
  readonly place: string;
  readonly total: number;
  readonly parent: NamedFrame | undefined;
  readonly children: NamedFrame[];
}

/** Types of d3-fg and 0x, which have colours for them. */
export const TYPES = {
  own: 'app',
  package: 'deps',
  node: 'core',
  native: 'native',
  state: 'v8',
  slowcatch: 'init',
} as const satisfies Record<HtmlKind, string>;

export const ROOT_TYPE = 'root';
export const REST_TYPE = 'rest';
export const APART_TYPE = 'apart';

/** A box for what is not drawn has a third of a pixel at least. */
const LEAST_SHARE = 1 / 4000;

/** The root frame, which `titleOf` names by its total. `withApart`: idle time and the like too. */
export function framesOf(
  { functions }: HtmlFlame,
  track: HtmlTrack,
  withApart: boolean,
  titleOf: (total: number) => string,
): NamedFrame {
  const apart = withApart ? track.apart : [];
  const total = totals(track);
  const all = apart.reduce((sum, [, weight]) => sum + weight, total[0] ?? 0);
  const root = frameOf({
    title: titleOf(all),
    place: '',
    total: all,
    top: track.self[0] ?? 0,
    type: ROOT_TYPE,
  });
  for (const [title, weight] of apart)
    frameOf({ title, place: '', total: weight, top: weight, type: APART_TYPE }, root);
  const frames: (NamedFrame | undefined)[] = [root];
  for (let node = 1; node < total.length; node++) {
    const [title, place, kind] = functions[track.function[node]!]!;
    const about = { title, place, total: total[node]!, top: track.self[node]!, type: TYPES[kind] };
    frames[node] = frameOf(about, frames[node - track.parent[node]!]);
  }
  for (const [node, frame] of frames.entries())
    if (frame) addRest(frame, track.rest[node]!, track.restCount[node]!, root.total);
  return root;
}

function addRest(frame: NamedFrame, rest: number, count: number, all: number): void {
  if (rest > 0 && rest >= all * LEAST_SHARE)
    frameOf(
      { title: `${formatCount(count)} smaller frames`, place: '', total: rest, top: 0, type: REST_TYPE },
      frame,
    );
  // As d3-fg draws them.
  frame.children.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function totals({ parent, self, rest }: HtmlTrack): Float64Array {
  const total = Float64Array.from(self, (each, node) => each + rest[node]!);
  for (let node = total.length - 1; node > 0; node--) total[node - parent[node]!]! += total[node]!;
  return total;
}

function frameOf(
  { title, place, total, top, type }: Pick<NamedFrame, 'title' | 'place' | 'total' | 'top' | 'type'>,
  parent?: NamedFrame,
): NamedFrame {
  const name = place === '' ? title : `${title} ${/[^\\/]*$/.exec(place)?.[0]}`;
  const frame = { name, title, place, value: total, total, top, type, parent, children: [] };
  parent?.children.push(frame);
  return frame;
}

/** All frames, parents first. */
export function allFrames(root: NamedFrame): NamedFrame[] {
  const all = [root];
  for (const frame of all) all.push(...frame.children);
  return all;
}
