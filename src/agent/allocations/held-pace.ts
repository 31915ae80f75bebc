/**
 * When a thread's allocations are looked at while leaks are tracked. What is held must be followed without a break, so there
 * is one turn, without an end:
 *
 *   live  3 s │ 6 s │ 9 s │ 12 s │ 15 s │ 19 s │ 23 s │ 29 s │ … each after a quarter of the time so far, at most a minute
 *
 * so that the last two thirds always have at least four looks, whatever the age. Each look makes V8 collect all garbage; they are
 * spread as those of pace.ts until they cost less than `SHARE_LIMIT` of the time.
 */
import type { LookPace } from './pace.ts';

const SHORTEST_MILLISECONDS = 3000;
const LONGEST_MILLISECONDS = 60_000;
const SPREAD = 0.25;
const SHARE_LIMIT = 0.005;

export class HeldPace implements LookPace {
  readonly turn = 'live';
  /** Milliseconds since the beginning, and of that spent in looks. */
  private elapsed = 0;
  private spent = 0;
  /** Since the sampler was begun. */
  private age = 0;

  /** `cost`: what the next look is thought to cost, in milliseconds. */
  constructor(private cost: number) {}

  get milliseconds(): number {
    const planned = Math.min(LONGEST_MILLISECONDS, Math.max(SHORTEST_MILLISECONDS, SPREAD * this.age));
    return Math.max(planned, (this.spent + this.cost) / SHARE_LIMIT - this.elapsed);
  }

  ends(): boolean {
    return false;
  }

  looked(after: number, cost: number): void {
    this.elapsed += after;
    this.age += after;
    this.spent += cost;
    this.cost = cost;
  }

  /** The sampler begins anew, and what was held before is not known to it. */
  restarted(): void {
    this.age = 0;
  }
}
