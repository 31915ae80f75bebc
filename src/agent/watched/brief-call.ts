import { microseconds, type Microseconds } from '../../contracts/units.ts';
import type { WatchedCall } from '../../contracts/watched-call.ts';
import { outcome } from './outcomes.ts';
import type { Watched } from './watched-function.ts';

/** A call that waits for more than microtasks may last that long; one in a thousand may last longer. */
const LONG_MICROSECONDS = 1000;
const NONE = microseconds(0);
const FEW = 3;
const SHARE = 1000;

/** Whether the next ones are better followed from their beginning on: this one was slow, or such ones are many. */
function isLong(watched: Watched, microseconds: number): boolean {
  if (microseconds < LONG_MICROSECONDS) return false;
  if (microseconds >= (watched.facts.thresholdMilliseconds ?? 0) * 1000) return true;
  watched.longCalls++;
  return watched.longCalls > FEW && watched.longCalls * SHARE > watched.rate.count;
}

/**
 * A call of a function that begins nothing and waits for nothing but microtasks, as far as is known: it becomes an
 * operation only when it was slow, and nobody's context changes. One that begins something all the same (an operation, a
 * wait), returns a promise or lasts is the last of its function.
 */
export class BriefCall implements WatchedCall {
  private readonly startedAt: Microseconds;
  private beginnings: number;
  private readonly callbacks: number;
  /** Of its first stretch. */
  private span: Microseconds | undefined;
  private isFine = false;
  private isSettling = false;

  constructor(private readonly watched: Watched) {
    const { follow } = watched;
    this.beginnings = follow.beginnings;
    this.callbacks = follow.callbacks;
    this.startedAt = follow.now();
  }

  r<T>(value: T): T {
    this.isFine = true;
    if (typeof value === 'object' && value !== null && this.watched.promises.isPending(value))
      this.settleWith(value);
    return value;
  }

  p<T>(value?: T): T {
    this.isFine = false;
    this.look();
    // Enough to tell of a slow one where it worked.
    if (!this.watched.isBrief) this.span ??= this.elapsed();
    return value as T;
  }

  y<T>(value?: T): T {
    return value as T;
  }

  q<T>(value?: T): T {
    this.beginnings = this.watched.follow.beginnings;
    return value as T;
  }

  k(): void {
    this.isFine = true;
  }

  e(): void {
    const { watched, startedAt } = this;
    this.look();
    if (this.isSettling) return;
    const endedAt = watched.follow.now();
    const hasWaited = watched.isAsync && watched.follow.callbacks !== this.callbacks;
    if (hasWaited && isLong(watched, endedAt - startedAt)) watched.isBrief = false;
    // Nobody has looked how long it worked until it waited: that is told as unknown.
    const span = this.span ?? (hasWaited ? NONE : undefined);
    watched.follow.past(watched.facts, startedAt, endedAt, span, outcome(this.isFine));
  }

  private look(): void {
    if (this.watched.follow.beginnings !== this.beginnings) this.watched.isBrief = false;
  }

  private elapsed(): Microseconds {
    return microseconds(this.watched.follow.now() - this.startedAt);
  }

  private settleWith(promise: object): void {
    const { watched, startedAt } = this;
    const { follow, facts } = watched;
    watched.isBrief = false;
    this.isSettling = true;
    const span = this.span ?? this.elapsed();
    watched.promises.whenSettled(promise, isFulfilled =>
      follow.past(facts, startedAt, follow.now(), span, outcome(isFulfilled)),
    );
  }
}
