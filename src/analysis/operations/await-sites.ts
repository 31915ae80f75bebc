/** Which `await` of the program stands for a gap or a wait: V8 tells where each began and when it went on. */
import type { Gap, TimedAwait, TimedWait, TimeLine } from '../../model/operations/time-line.ts';
import type { Span } from '../../model/operations/span.ts';
import { firstAtOrAfter } from './first-at-or-after.ts';
import type { Place } from './ledger-types.ts';

/** A place as V8 tells it into one of the sources; undefined where it cannot be told. */
export type PlaceOf = (position: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}) => Place | undefined;

export interface AwaitSite {
  readonly found: TimedAwait;
  readonly place: Place | undefined;
}

/** Clocks are read one after the other, and a library's end is told before or after the slice that it causes begins. */
export const SAME_TIME_MICROSECONDS = 100;
/** What a library does between its waits, or from an answer to the program: longer, it was something else. */
export const LIBRARY_WORK_MICROSECONDS = 1000;
/** So many that went on in one slice are looked at: a record may hold any number. */
const MOST_LOOKED_AT = 32;

const PACKAGE = /[\\/]node_modules[\\/]/;

export class AwaitSites {
  readonly #line: TimeLine;
  readonly #place: PlaceOf;
  readonly #byEnd: readonly TimedAwait[];
  readonly #byStart: readonly TimedAwait[];
  readonly #placed = new Map<TimedAwait, Place | undefined>();

  constructor(line: TimeLine, place: PlaceOf) {
    this.#line = line;
    this.#place = place;
    this.#byEnd = line.awaits;
    this.#byStart = line.awaits.toSorted((a, b) => a.from - b.from);
  }

  /** The innermost one of the program's own code that went on when the gap ended. */
  ofGap(gap: Gap): AwaitSite | undefined {
    const isOver = ({ isOpen }: TimedAwait): boolean => !gap.isLast || !isOpen || !this.#line.hasEnded;
    return this.#firstEnded({ from: gap.to, to: gap.sliceTo }, gap.from, isOver);
  }

  /** Of a library's wait: the one that went on with its end, or that began with it, or in whose gap it lies. */
  ofWait(wait: TimedWait): AwaitSite | undefined {
    const gap = this.#gapOf(wait.to);
    const isNear = gap && gap.to - wait.to <= Math.max(LIBRARY_WORK_MICROSECONDS, gap.resume?.ready ?? 0);
    const isOpen = ({ isOpen: goesOn }: TimedAwait): boolean => goesOn || !wait.isOpen;
    const until = isNear ? gap.sliceTo : gap ? wait.to : this.#sliceEnd(wait.to);
    return (
      this.#firstEnded({ from: wait.to, to: until }, wait.to, isOpen) ??
      this.#begunWith(wait) ??
      (gap && wait.from >= gap.from && wait.to <= gap.to ? this.ofGap(gap) : undefined)
    );
  }

  /** Of those that ended within `ends` and had begun by `latestFrom`. */
  #firstEnded(
    { from, to }: Span,
    latestFrom: number,
    fits: (each: TimedAwait) => boolean,
  ): AwaitSite | undefined {
    const first = firstAtOrAfter(this.#byEnd, from - SAME_TIME_MICROSECONDS, end);
    const last = Math.min(
      firstAtOrAfter(this.#byEnd, to + SAME_TIME_MICROSECONDS + 1, end),
      first + MOST_LOOKED_AT,
    );
    const ended = this.#byEnd.slice(first, last);
    return this.#ownCode(
      ended.filter(each => each.from <= latestFrom + SAME_TIME_MICROSECONDS && fits(each)),
    );
  }

  #begunWith(wait: TimedWait): AwaitSite | undefined {
    const first = firstAtOrAfter(this.#byStart, wait.from - SAME_TIME_MICROSECONDS, start);
    const last = firstAtOrAfter(this.#byStart, this.#sliceEnd(wait.from) + SAME_TIME_MICROSECONDS, start);
    const begun = this.#byStart.slice(first, Math.min(last, first + MOST_LOOKED_AT));
    return this.#ownCode(begun.filter(each => each.to >= wait.to - SAME_TIME_MICROSECONDS));
  }

  /** What a library awaits is the library's matter: the program awaits the library. */
  #ownCode(awaits: readonly TimedAwait[]): AwaitSite | undefined {
    const sites = awaits.map(found => ({ found, place: this.#placeOf(found) }));
    return (
      sites.find(({ place }) => place && !PACKAGE.test(place.file)) ??
      sites.find(({ place }) => place) ??
      sites[0]
    );
  }

  #placeOf(found: TimedAwait): Place | undefined {
    if (!this.#placed.has(found)) this.#placed.set(found, this.#place(found.record));
    return this.#placed.get(found);
  }

  /** The gap that `time` lies in, or ends. */
  #gapOf(time: number): Gap | undefined {
    const { gaps } = this.#line;
    const gap = gaps[firstAtOrAfter(gaps, time - SAME_TIME_MICROSECONDS, end)];
    return gap && gap.from < time ? gap : undefined;
  }

  #sliceEnd(time: number): number {
    const { slices } = this.#line;
    const slice = slices[firstAtOrAfter(slices, time, end)];
    return slice && slice.from <= time + SAME_TIME_MICROSECONDS ? slice.to : time;
  }
}

const end = ({ to }: Span): number => to;
const start = ({ from }: Span): number => from;
