/**
 * When a thread's allocations are looked at, and for what. V8 has one heap sampler per thread, which either keeps
 * objects that are collected (all that was allocated) or drops them (what is still held), so they take turns:
 *
 *   allocated 0.5 s │ live 2 s │ allocated 1 s │ live 4 s │ allocated 2 s │ live 8 s │ …
 *
 * Shares of what is allocated are right from a part of the time; what is held must be followed without a break, so that
 * turn is four times as long, and the last one covers about half of a recording. Within a turn of `live` what is held is
 * saved again and again, each time after twice the time: a killed program loses at most half of a turn.
 *
 * Each look makes V8 collect all garbage (3 ms at least, 0.7 ms per megabyte that is held), so looks are spread until they
 * cost less than `SHARE_LIMIT` of the time.
 */
import type { AllocationMetric } from '../../contracts/profile-source.ts';

const FIRST_ALLOCATED_MILLISECONDS = 500;
const LONGEST_ALLOCATED_MILLISECONDS = 15_000;
const LONGEST_LIVE_MILLISECONDS = 240_000;
const LIVE_PER_ALLOCATED = 4;
const FIRST_LOOK_MILLISECONDS = 1000;
/** Long turns have some looks more: whether what is held becomes more is told by windows between them. */
const LONG_MILLISECONDS = 16_000;
const LOOKS_OF_LONG = 6;
const SHARE_LIMIT = 0.005;
/** The first looks come before they could be paid for: a short recording, or one that is killed, is to have both. */
const FIRST_LOOKS = 2;
const FIRST_SHARE_LIMIT = 0.05;

export interface LookPace {
  /** For what V8's sampler is used now. */
  readonly turn: AllocationMetric;
  /** Until the next look. */
  readonly milliseconds: number;
  /** Whether a look after so many milliseconds ends the turn. */
  ends(after: number): boolean;
  /** A look after so many milliseconds has cost `cost` of them. */
  looked(after: number, cost: number): void;
}

export class AllocationPace implements LookPace {
  turn: AllocationMetric = 'allocated';
  /** Milliseconds since the beginning, and since the beginning of the turn. */
  private elapsed = 0;
  private age = 0;
  private length = FIRST_ALLOCATED_MILLISECONDS;
  private rounds = 0;
  private looks = 0;
  private spent = 0;

  /** `cost`: what the next look is thought to cost, in milliseconds. */
  constructor(private cost: number) {}

  get milliseconds(): number {
    return Math.max(this.planned() - this.age, this.payable() - this.elapsed);
  }

  ends(after: number): boolean {
    return this.age + after >= this.length;
  }

  looked(after: number, cost: number): void {
    const isLast = this.ends(after);
    this.elapsed += after;
    this.age += after;
    this.looks++;
    this.spent += cost;
    this.cost = cost;
    if (isLast) this.begin(this.turn === 'allocated' ? 'live' : 'allocated');
  }

  private begin(turn: AllocationMetric): void {
    this.turn = turn;
    this.age = 0;
    if (turn === 'allocated') this.rounds++;
    const allocated = FIRST_ALLOCATED_MILLISECONDS * 2 ** this.rounds;
    this.length =
      turn === 'allocated'
        ? Math.min(allocated, LONGEST_ALLOCATED_MILLISECONDS)
        : Math.min(allocated * LIVE_PER_ALLOCATED, LONGEST_LIVE_MILLISECONDS);
  }

  /** Age of the turn at the next look. */
  private planned(): number {
    if (this.turn === 'allocated') return this.length;
    const most = this.length >= LONG_MILLISECONDS ? this.length / LOOKS_OF_LONG : this.age;
    return Math.min(this.length, Math.max(FIRST_LOOK_MILLISECONDS, this.age + Math.min(this.age, most)));
  }

  private payable(): number {
    const limit = this.looks < FIRST_LOOKS ? FIRST_SHARE_LIMIT : SHARE_LIMIT;
    return (this.spent + this.cost) / limit;
  }
}
