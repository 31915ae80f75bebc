/**
 * How long the next segment should be. A swap stalls the sampled thread in proportion to the nodes of the segment's
 * call tree, so long segments stall longer but less often; short ones lose less when the program is killed.
 *
 * Start short (a program killed after a second has still left segments), settle at one second, and stay between
 * the two limits: a share of the thread's time and a length of a single stall.
 */
const FIRST_MILLISECONDS = 250;
const USUAL_MILLISECONDS = 1000;
const SHORTEST_MILLISECONDS = 250;
const LONGEST_MILLISECONDS = 4000;
const SHARE_LIMIT = 0.02;
const STALL_LIMIT_MILLISECONDS = 50;

export class Pace {
  private length = FIRST_MILLISECONDS;

  get milliseconds(): number {
    return this.length;
  }

  /** Learns from the swap that closed a segment of the current length. */
  swapped(stallMilliseconds: number): void {
    this.length = clamp(this.wanted(stallMilliseconds));
  }

  private wanted(stall: number): number {
    if (stall > STALL_LIMIT_MILLISECONDS) return (this.length * STALL_LIMIT_MILLISECONDS) / stall;
    const share = stall / this.length;
    if (share > SHARE_LIMIT) {
      const room = STALL_LIMIT_MILLISECONDS / Math.max(stall, 1);
      return this.length * Math.min(share / SHARE_LIMIT, room, 2);
    }
    return this.length < USUAL_MILLISECONDS
      ? this.length * 2
      : Math.max(USUAL_MILLISECONDS, this.length * 0.9);
  }
}

const clamp = (milliseconds: number): number =>
  Math.min(LONGEST_MILLISECONDS, Math.max(SHORTEST_MILLISECONDS, milliseconds));
