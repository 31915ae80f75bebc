import type { Microseconds } from '../../contracts/units.ts';
import type { Route } from './route-counts.ts';

/** Where operations that are alike are counted as long as they are not slow, without their name and threshold. */
export class CallSite {
  private route: Route | undefined;
  private limit = 0;

  /** `oneIn`: only one in so many is followed; undefined: all are. */
  constructor(readonly oneIn?: () => number) {}

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
