import { now } from '../clock.ts';

/** Calls per second above which only some are followed: at this rate they cost 3 % of a thread. */
const MOST_PER_SECOND = 100_000;
/** Calls between two looks at the clock. */
const LOOK_CALLS = 4096;

/** How often a function is called, and which of its calls are followed: counted, for a clock costs as much as a call. */
export class CallRate {
  /** A power of two. */
  private stride = 1;
  private most = 1;
  private calls = 0;
  private lookedAt = now();

  /** Counts a call; answers whether it is one of those that are not followed. */
  isSkipped(): boolean {
    this.calls++;
    if ((this.calls & (LOOK_CALLS - 1)) === 0) this.look();
    return this.stride > 1 && (this.calls & (this.stride - 1)) !== 0;
  }

  get count(): number {
    return this.calls;
  }

  /** One in at least so many calls is followed. */
  get oneIn(): number {
    return this.most;
  }

  private look(): void {
    const at = now();
    const perSecond = (LOOK_CALLS * 1e6) / Math.max(1, at - this.lookedAt);
    this.lookedAt = at;
    this.stride = 1;
    while (perSecond > MOST_PER_SECOND * this.stride) this.stride *= 2;
    this.most = Math.max(this.most, this.stride);
  }
}
