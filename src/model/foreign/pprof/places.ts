import { FrameSet } from '../../cpu/frame-set.ts';
import type { Frame } from '../../cpu/profile.ts';
import type { Id, PprofFunction, PprofLocation, PprofTables } from './tables.ts';

/** A location in terms of frames. */
export interface Place {
  /** The outermost first. */
  readonly frames: readonly number[];
  /** Of the innermost; 0 where it is not known. */
  readonly line: number;
}

/** Locations of a pprof file as frames; a function stands where the file says it begins, else at its first known line. */
export class PprofPlaces {
  readonly #tables: PprofTables;
  readonly #frames = new FrameSet();
  readonly #places = new Map<Id, Place>();
  readonly #firstLines = new Map<Id, number>();

  constructor(tables: PprofTables) {
    this.#tables = tables;
    for (const { lines } of tables.locations.values())
      for (const { function: id, line } of lines) {
        const known = this.#firstLines.get(id);
        if (line > 0 && (known === undefined || line < known)) this.#firstLines.set(id, line);
      }
  }

  get frames(): readonly Frame[] {
    return this.#frames.frames;
  }

  /** Undefined for a location that the file does not have. */
  placeOf(id: Id): Place | undefined {
    const known = this.#places.get(id);
    if (known) return known;
    const location = this.#tables.locations.get(id);
    if (!location) return undefined;
    const place = this.#place(location);
    this.#places.set(id, place);
    return place;
  }

  #place(location: PprofLocation): Place {
    const { lines } = location;
    if (lines.length === 0)
      return { frames: [this.#intern({ ...NOWHERE, functionName: this.#address(location) })], line: 0 };
    return { frames: lines.map(({ function: id }) => this.#function(id)).toReversed(), line: lines[0]!.line };
  }

  #function(id: Id): number {
    const fn = this.#tables.functions.get(id);
    if (!fn) return this.#intern({ ...NOWHERE, functionName: '(unknown function)' });
    const url = this.#text(fn.file);
    const line = fn.line || (this.#firstLines.get(id) ?? 0);
    return this.#intern({ ...NOWHERE, functionName: this.#name(fn), url, line });
  }

  #name({ name, systemName }: PprofFunction): string {
    return this.#text(name) || this.#text(systemName);
  }

  /** Code without symbols: `0x4a3f20 libc.so.6`. */
  #address({ address, mapping }: PprofLocation): string {
    const file = this.#text(this.#tables.mappings.get(mapping) ?? 0).replace(/^.*[\\/]/, '');
    return `0x${address.toString(16)} ${file}`.trim();
  }

  #intern(frame: Frame): number {
    return this.#frames.intern(frame);
  }

  #text(index: number): string {
    return this.#tables.strings[index] ?? '';
  }
}

const NOWHERE: Omit<Frame, 'functionName'> = { scriptId: '', url: '', line: 0, column: 0 };
