import type { WatchedCall } from '../../contracts/watched-call.ts';
import { microseconds } from '../../contracts/units.ts';
import { outcome } from './outcomes.ts';
import type { Watched } from './watched-function.ts';

/**
 * A call of a function that does nothing but compute, as far as is known: it becomes an operation only when it was
 * slow. One that begins something all the same (an operation, a wait) or returns a promise is the last of its function.
 */
export class BriefCall implements WatchedCall {
  private readonly startedAt;
  private readonly beginnings;
  private isFine = false;
  private isSettling = false;

  constructor(private readonly watched: Watched) {
    const { follow } = watched;
    this.beginnings = follow.beginnings;
    this.startedAt = follow.now();
  }

  r<T>(value: T): T {
    this.isFine = true;
    if (typeof value === 'object' && value !== null && this.watched.promises.isPending(value))
      this.settleWith(value);
    return value;
  }

  p<T>(value?: T): T {
    return value as T;
  }

  y<T>(value?: T): T {
    return value as T;
  }

  q<T>(value?: T): T {
    return value as T;
  }

  k(): void {
    this.isFine = true;
  }

  e(): void {
    const { watched, startedAt } = this;
    if (watched.follow.beginnings !== this.beginnings) watched.isBrief = false;
    if (!this.isSettling) watched.follow.past(watched.facts, startedAt, undefined, outcome(this.isFine));
  }

  private settleWith(promise: object): void {
    const { watched, startedAt } = this;
    const { follow, facts } = watched;
    watched.isBrief = false;
    this.isSettling = true;
    const span = microseconds(follow.now() - startedAt);
    watched.promises.whenSettled(promise, isFulfilled =>
      follow.past(facts, startedAt, span, outcome(isFulfilled)),
    );
  }
}
