import type { Span } from '../../model/operations/span.ts';
import type { Gap } from '../../model/operations/time-line.ts';

/** Clocks are read one after the other, and a library's end is told before or after the slice that it causes begins. */
export const SAME_TIME_MICROSECONDS = 100;
/** So many that went on at one time are looked at: a record may hold any number. */
export const MOST_LOOKED_AT = 32;

interface Waiting extends Span {
  readonly isOpen: boolean;
}

/** What went on beyond a gap, the last begun one first. Gaps are asked for in the order of time. */
export class OpenWaits<W extends Waiting> {
  readonly #byStart: readonly W[];
  readonly #going: W[] = [];
  #next = 0;

  constructor(waits: readonly W[]) {
    this.#byStart = waits.toSorted((a, b) => a.from - b.from);
  }

  beyond(gap: Gap): W[] {
    while (this.#next < this.#byStart.length && this.#byStart[this.#next]!.from < gap.to)
      this.#going.push(this.#byStart[this.#next++]!);
    while (this.#going.length > 0 && !goesOn(this.#going.at(-1)!, gap)) this.#going.pop();
    return this.#going
      .slice(-MOST_LOOKED_AT)
      .filter(each => goesOn(each, gap))
      .reverse();
  }
}

const goesOn = ({ to, isOpen }: Waiting, gap: Gap): boolean => isOpen || to > gap.to + SAME_TIME_MICROSECONDS;
