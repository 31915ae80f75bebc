import type { Gap, TimedWait } from '../../model/operations/time-line.ts';
import { SAME_TIME_MICROSECONDS } from './await-sites.ts';

/** Which wait went on beyond a gap: the last begun one. Gaps are asked for in the order of time. */
export class OpenWaits {
  readonly #byStart: readonly TimedWait[];
  readonly #going: TimedWait[] = [];
  #next = 0;

  constructor(waits: readonly TimedWait[]) {
    this.#byStart = waits.toSorted((a, b) => a.from - b.from);
  }

  beyond(gap: Gap): TimedWait | undefined {
    while (this.#next < this.#byStart.length && this.#byStart[this.#next]!.from < gap.to)
      this.#going.push(this.#byStart[this.#next++]!);
    while (this.#going.length > 0 && !goesOn(this.#going.at(-1)!, gap)) this.#going.pop();
    return this.#going.at(-1);
  }
}

const goesOn = ({ to, isOpen }: TimedWait, gap: Gap): boolean =>
  isOpen || to > gap.to + SAME_TIME_MICROSECONDS;
