/**
 * What following operations costs the thread, estimated: one in so many calls of a hook is timed. That Node calls the
 * hook at all is not in it.
 */
const ONE_IN = 256;
/** A call that took longer was interrupted by something else. */
const LONGEST_MICROSECONDS = 50;
const LOOKS = 200;

export class HookCost {
  private calls = 0;
  private spent = 0;
  private readonly clock: number;

  constructor(private readonly now: () => number) {
    this.clock = shortestLook(now);
  }

  /** Whether this call is one to be timed, by `timed`. */
  isNext(): boolean {
    return ++this.calls % ONE_IN === 0;
  }

  timed(work: () => void): void {
    const before = this.now();
    work();
    const cost = Math.min(LONGEST_MICROSECONDS, this.now() - before - this.clock);
    this.spent += Math.max(0, cost) * ONE_IN;
  }

  /** Microseconds since the last call. */
  take(): number {
    const { spent } = this;
    this.spent = 0;
    return Math.round(spent);
  }
}

/** How long looking at the clock itself takes. */
function shortestLook(now: () => number): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    const before = now();
    shortest = Math.min(shortest, now() - before);
  }
  return shortest;
}
