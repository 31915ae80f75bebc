/**
 * How long the next segment should be. A swap stalls the sampled thread in proportion to the nodes of the segment's
 * call tree (about 4 µs per node with console profiles, 1 µs with direct ones), and that grows with the segment,
 * though less and less. Long segments stall longer but less often; short ones lose less when the program is killed.
 *
 * A segment takes one second, the first ones less (a program killed after a second has still left some). Where swaps
 * cost more than their share of the thread's time, segments get longer; where a stall would get too long, shorter.
 */
interface Limits {
  readonly firstMilliseconds: number;
  readonly usualMilliseconds: number;
  readonly shortestMilliseconds: number;
  /** Half of what is too long: the next phase of the program may have twice the nodes of this one. */
  readonly stallMilliseconds: number;
}

/** With these no segment is longer than two seconds. */
const OWN: Limits = {
  firstMilliseconds: 250,
  usualMilliseconds: 1000,
  shortestMilliseconds: 250,
  stallMilliseconds: 40,
};

/** Each swap makes V8 optimise the program anew (session-sampler.ts). */
const SHARED: Limits = {
  firstMilliseconds: 1000,
  usualMilliseconds: 10_000,
  shortestMilliseconds: 1000,
  stallMilliseconds: 200,
};

/** Of the thread's time, 0 … 1. */
const SHARE_LIMIT = 0.02;

export class Pace {
  private readonly limits: Limits;
  private length: number;
  /** Stall per time of the segment before the last one. */
  private before = Number.POSITIVE_INFINITY;

  /** `isShared`: the profiler is shared with a debugger. */
  constructor(isShared = false) {
    this.limits = isShared ? SHARED : OWN;
    this.length = this.limits.firstMilliseconds;
  }

  get milliseconds(): number {
    return this.length;
  }

  /**
   * Learns from the swap that closed a segment of the current length. Of the last two swaps the cheaper one counts:
   * a stall is also long when the system ran something else in its middle, and that says nothing of the next one.
   */
  swapped(stallMilliseconds: number): void {
    const last = stallMilliseconds / this.length;
    const share = Math.min(last, this.before);
    this.before = last;
    const cheap = Math.max(this.limits.usualMilliseconds, (this.length * share) / SHARE_LIMIT);
    const short = this.limits.stallMilliseconds / share;
    const wanted = Math.min(cheap, short, this.length * 2);
    this.length = Math.max(this.limits.shortestMilliseconds, wanted);
  }
}
