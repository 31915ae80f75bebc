import type { Microseconds } from '../../contracts/units.ts';
import type { Route } from './route-counts.ts';

/**
 * What is known beforehand of operations that may begin a million times a second: where they are counted. Belongs to
 * the facts that all of them share.
 */
export class CallSite {
  private route: Route | undefined;
  private limit = 0;

  /** `oneIn`: only one in so many is followed. */
  constructor(readonly oneIn: () => number) {}

  /** Where the next ones are counted. */
  found(route: Route, limit: Microseconds): void {
    this.route = route;
    this.limit = limit;
    route.oneIn = this.oneIn;
  }

  /** Counts one that is not slow; false: it is slow, or the first one. */
  isCounted(durationMicroseconds: number, isError: boolean): boolean {
    if (this.route === undefined || durationMicroseconds >= this.limit) return false;
    this.route.addFast(durationMicroseconds, isError);
    return true;
  }
}
