/** Which `await` of the program stands for a gap or a wait: V8 tells where each began and when it went on. */
import type { Gap, TimedAwait, TimedWait, TimeLine } from '../../model/operations/time-line.ts';
import type { Span } from '../../model/operations/span.ts';
import { firstAtOrAfter } from './first-at-or-after.ts';
import { MOST_LOOKED_AT, OpenWaits, SAME_TIME_MICROSECONDS } from './open-waits.ts';
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
  /** It is what went on then. */
  readonly isEnd: boolean;
}

/** What a library does between its waits, or from an answer to the program: longer, it was something else. */
export const LIBRARY_WORK_MICROSECONDS = 1000;

const PACKAGE = /[\\/]node_modules[\\/]/;

export class AwaitSites {
  readonly #line: TimeLine;
  readonly #place: PlaceOf;
  readonly #byEnd: readonly TimedAwait[];
  readonly #byStart: readonly TimedAwait[];
  readonly #open: OpenWaits<TimedAwait>;
  #ofGaps: Map<Gap, AwaitSite | undefined> | undefined;
  readonly #placed = new Map<TimedAwait, Place | undefined>();

  constructor(line: TimeLine, place: PlaceOf) {
    this.#line = line;
    this.#place = place;
    this.#open = new OpenWaits(line.awaits);
    this.#byEnd = line.awaits;
    this.#byStart = line.awaits.toSorted((a, b) => a.from - b.from);
  }

  /**
   * The innermost one of the program's own code that went on when the gap ended; if nothing of it did (a library's
   * callbacks ran, and it still waits), the innermost one that goes on.
   */
  ofGap(gap: Gap): AwaitSite | undefined {
    this.#ofGaps ??= new Map(this.#line.gaps.map(each => [each, this.#find(each)]));
    return this.#ofGaps.get(gap);
  }

  #find(gap: Gap): AwaitSite | undefined {
    const isLeft = ({ isOpen }: TimedAwait): boolean => gap.isLast && isOpen && this.#line.hasEnded;
    const goingOn = this.#open.beyond(gap).filter(each => !isLeft(each));
    // Between a native callback and its microtasks another slice may have begun.
    const until = Math.max(gap.sliceTo, gap.to + LIBRARY_WORK_MICROSECONDS);
    const ended = this.#firstEnded({ from: gap.to, to: until }, gap.from, each => !isLeft(each));
    if (ended && isOwn(ended)) return ended;
    const open = this.#ownCode(goingOn, false);
    return open && isOwn(open) ? open : (ended ?? open);
  }

  /** Of a library's wait: the one that went on with its end. */
  endedWith(wait: TimedWait): AwaitSite | undefined {
    const gap = this.#gapOf(wait.to);
    const isNear =
      gap && gap.to - wait.to <= Math.max(LIBRARY_WORK_MICROSECONDS, gap.resume?.readyAtMost ?? 0);
    const isOpen = ({ isOpen: goesOn }: TimedAwait): boolean => goesOn || !wait.isOpen;
    const until = isNear ? gap.sliceTo : gap ? wait.to : this.#sliceEnd(wait.to);
    return this.#firstEnded({ from: wait.to, to: until }, wait.to, isOpen);
  }

  /** Of a library's wait: the one that began with it, or in whose gap it lies. */
  around(wait: TimedWait): AwaitSite | undefined {
    const gap = this.#gapOf(wait.to);
    const isInside = gap && wait.from >= gap.from && wait.to <= gap.to;
    return this.#begunWith(wait) ?? (isInside ? this.ofGap(gap) : undefined);
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
      true,
    );
  }

  #begunWith(wait: TimedWait): AwaitSite | undefined {
    const first = firstAtOrAfter(this.#byStart, wait.from - SAME_TIME_MICROSECONDS, start);
    const last = firstAtOrAfter(this.#byStart, this.#sliceEnd(wait.from) + SAME_TIME_MICROSECONDS, start);
    const begun = this.#byStart.slice(first, Math.min(last, first + MOST_LOOKED_AT));
    return this.#ownCode(
      begun.filter(each => each.to >= wait.to - SAME_TIME_MICROSECONDS),
      true,
    );
  }

  /**
   * What a library awaits is the library's matter: the program awaits the library. Who asked for a callback is the
   * second best answer: a helper that makes a promise of it is not what waits.
   */
  #ownCode(awaits: readonly TimedAwait[], isEnd: boolean): AwaitSite | undefined {
    const sites = awaits.map(found => ({ found, place: this.#placeOf(found), isEnd }));
    const isAwait = ({ found }: AwaitSite): boolean => found.record.isCallback !== true;
    return (
      sites.find(site => isOwn(site) && isAwait(site)) ??
      sites.find(isOwn) ??
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

const isOwn = ({ place }: AwaitSite): boolean => place !== undefined && !PACKAGE.test(place.file);
const end = ({ to }: Span): number => to;
const start = ({ from }: Span): number => from;
