import type { WatchedCall } from '../../contracts/watched-call.ts';
import type { Operation } from '../operations/follow.ts';
import { outcome } from './outcomes.ts';
import type { Watched } from './watched-function.ts';

/**
 * A call that is an operation from its beginning on:
 *
 *   caller │   the call            │ caller          │ the call   │
 *          begin  …  p(X) ─────────► its caller goes on … q(X) …  e
 *
 * A function that is not a generator is left to its caller only once: what resumes it later are ticks of its own.
 */
export class FollowedCall implements WatchedCall {
  private readonly operation: Operation;
  private caller: Operation | undefined;
  private isAway = false;
  private wasLeft = false;
  private isFine = false;
  private isSettling = false;

  constructor(private readonly watched: Watched) {
    const { follow, facts } = watched;
    this.operation = follow.begin(facts);
    this.caller = this.operation.parent;
  }

  r<T>(value: T): T {
    this.isFine = true;
    if (typeof value === 'object' && value !== null && this.watched.promises.isPending(value))
      this.settleWith(value);
    return value;
  }

  p<T>(value?: T): T {
    if (!this.isAway) this.leave();
    return value as T;
  }

  y<T>(value?: T): T {
    this.isFine = true;
    if (!this.isAway) this.leave();
    return value as T;
  }

  q<T>(value?: T): T {
    if (this.isAway) this.goOn();
    return value as T;
  }

  k(): void {
    this.isFine = true;
  }

  e(): void {
    const { follow, isGenerator } = this.watched;
    if (!this.isAway && (!this.wasLeft || isGenerator)) follow.enter(this.caller);
    if (!this.isSettling) follow.end(this.operation, outcome(this.isFine));
  }

  private leave(): void {
    this.isAway = true;
    if (this.wasLeft && !this.watched.isGenerator) return;
    this.wasLeft = true;
    const { follow, isGenerator } = this.watched;
    if (isGenerator) follow.enter(this.caller);
    else follow.leave(this.operation, this.caller);
  }

  private goOn(): void {
    const { follow, isGenerator } = this.watched;
    this.isAway = false;
    this.isFine = false;
    if (isGenerator) this.caller = follow.current();
    follow.enter(this.operation);
  }

  /** What it returns is a promise: the call lasts until that is settled. */
  private settleWith(promise: object): void {
    const { follow, promises, isGenerator } = this.watched;
    if (isGenerator) return;
    this.isSettling = true;
    promises.whenSettled(promise, isFulfilled => follow.end(this.operation, outcome(isFulfilled)));
  }
}
