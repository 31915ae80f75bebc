/**
 * Stacks as a file that speedscope draws at once, however long the profile: "aggregated evented", two events per node of
 * the call tree instead of two per sample. The axis is no time: siblings stand side by side, the heaviest first.
 * Format: https://www.speedscope.app/file-format-schema.json.
 */
import type { StackProfile } from '../../model/stacks/stack-profile.ts';
import { plainText } from '../../format/untrusted.ts';
import { drawTrack, SMALLER } from './flame-tree.ts';

export interface FlameFile {
  readonly text: string;
  /** Heaviest first, as they stand in the file; those without weight are left out. In the profile's unit. */
  readonly tracks: readonly FlameTrack[];
}

export interface FlameTrack {
  /** Untrusted, but harmless. */
  readonly name: string;
  readonly total: number;
  readonly merged: number;
}

export const SMALLER_NAME = '(smaller functions)';
const UNKNOWN_NAME = '(unknown)';
const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';
const UNITS = { microseconds: 'microseconds', bytes: 'bytes' } as const;

/** `placeOf` is what is shown of a function's file. */
export function flameFile(profile: StackProfile, placeOf: (file: string) => string): FlameFile {
  const frames = new Frames(profile, placeOf);
  const drawn = profile.tracks
    .map(track => ({ name: plainText(track.name), ...events(track, frames) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  return {
    text: flameText(profile, frames, drawn),
    tracks: drawn.map(({ name, total, merged }) => ({ name, total, merged })),
  };
}

/** One thread's brackets, as text: `{"type":"O","frame":0,"at":0},…`. */
interface DrawnEvents {
  readonly name: string;
  readonly total: number;
  readonly text: string;
}

/** The file around the events. */
export function flameText(
  { name, unit }: Pick<StackProfile, 'name' | 'unit'>,
  frames: Frames,
  tracks: readonly DrawnEvents[],
): string {
  const head = {
    $schema: SCHEMA,
    exporter: 'slowcatch',
    name: plainText(name),
    activeProfileIndex: 0,
    shared: { frames: frames.list },
  };
  const profiles = tracks.map(track => {
    const about = {
      ...{ type: 'evented', name: track.name, unit: UNITS[unit] },
      ...{ startValue: 0, endValue: round(track.total) },
    };
    return `${JSON.stringify(about).slice(0, -1)},"events":[${track.text}]}`;
  });
  return `${JSON.stringify(head).slice(0, -1)},"profiles":[${profiles.join(',')}]}`;
}

function events(track: StackProfile['tracks'][number], frames: Frames) {
  const parts: string[] = [];
  const event = (type: 'O' | 'C') => (index: number, at: number) => {
    parts.push(`{"type":"${type}","frame":${frames.of(index)},"at":${round(at)}}`);
  };
  const { total, merged } = drawTrack(track, { open: event('O'), close: event('C') });
  return { total, merged, text: parts.join(',') };
}

/** Sums of halves and thirds need no more digits: a nanosecond. */
const round = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * `key` stands in no specification: speedscope takes it as the identity of the frame, so that a frame that is clicked
 * names the function.
 */
interface FlameFrame {
  readonly key: number;
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
}

/** Functions that are drawn, in the order in which they are met. */
export class Frames {
  readonly list: FlameFrame[] = [];
  readonly #numbers = new Map<number, number>();

  constructor(
    private readonly profile: StackProfile,
    private readonly placeOf: (file: string) => string,
  ) {}

  of(index: number): number {
    const known = this.#numbers.get(index);
    if (known !== undefined) return known;
    this.#numbers.set(index, this.list.length);
    return this.list.push(this.#frame(index)) - 1;
  }

  #frame(index: number): FlameFrame {
    const found = this.profile.functions[index];
    if (!found) return { key: index, name: index === SMALLER ? SMALLER_NAME : UNKNOWN_NAME };
    const { name, file, line, column } = found;
    return {
      key: index,
      name: plainText(name) || '(anonymous)',
      ...(file === '' ? {} : { file: plainText(this.placeOf(file)) }),
      ...(line > 0 ? { line } : {}),
      ...(line > 0 && column > 0 ? { col: column } : {}),
    };
  }
}
