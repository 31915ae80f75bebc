/**
 * How long the next segment should be. A swap stalls the sampled thread in proportion to the nodes of the segment's
 * call tree (about 4 µs per node with console profiles, 1 µs with direct ones), and that grows with the segment,
 * though less and less. Long segments stall longer but less often; short ones lose less when the program is killed.
 *
 * A segment takes one second, the first ones less (a program killed after a second has still left some). Where swaps
 * cost more than their share of the thread's time, segments get longer; where a stall would get too long, shorter.
 * With these limits no segment is longer than two seconds.
 */
const FIRST_MILLISECONDS = 250;
const USUAL_MILLISECONDS = 1000;
const SHORTEST_MILLISECONDS = 250;
/** Of the thread's time, 0 … 1. */
const SHARE_LIMIT = 0.02;
/** Half of what is too long: the next phase of the program may have twice the nodes of this one. */
const STALL_LIMIT_MILLISECONDS = 40;

export class Pace {
  private length = FIRST_MILLISECONDS;
  /** Stall per time of the segment before the last one. */
  private before = Number.POSITIVE_INFINITY;

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
    const cheap = Math.max(USUAL_MILLISECONDS, (this.length * share) / SHARE_LIMIT);
    const short = STALL_LIMIT_MILLISECONDS / share;
    const wanted = Math.min(cheap, short, this.length * 2);
    this.length = Math.max(SHORTEST_MILLISECONDS, wanted);
  }
}
