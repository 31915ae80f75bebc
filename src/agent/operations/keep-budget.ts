/**
 * Which of many slow operations are kept: of each route the first ones of a minute, of those that follow in it a fair
 * sample (Vitter's algorithm R) and the slowest. So a recording grows by the minute, whatever the load.
 */
import type { Place } from '../../contracts/operations.ts';

const USUAL_FIRST = 20;
const SAMPLED = 10;
const MINUTE_MICROSECONDS = 60_000_000;

export const SLOWEST = -1;

interface Minute {
  number: number;
  seen: number;
  slowest: number;
}

export class KeepBudget {
  private readonly minutes = new Map<string, Minute>();

  constructor(
    private readonly random: () => number,
    private readonly first = USUAL_FIRST,
  ) {}

  /** `first`: it stays for good. Undefined: it is not kept. */
  placeOf(route: string, endMicroseconds: number, durationMicroseconds: number): Place | 'first' | undefined {
    const number = Math.floor(endMicroseconds / MINUTE_MICROSECONDS);
    const minute = this.minuteOf(route, number);
    minute.seen++;
    const isSlowest = durationMicroseconds > minute.slowest;
    if (isSlowest) minute.slowest = durationMicroseconds;
    if (minute.seen <= this.first) return 'first';
    if (isSlowest) return { route, minute: number, index: SLOWEST };
    const rest = minute.seen - this.first;
    const index = rest <= SAMPLED ? rest - 1 : Math.floor(this.random() * rest);
    return index < SAMPLED ? { route, minute: number, index } : undefined;
  }

  private minuteOf(route: string, number: number): Minute {
    let minute = this.minutes.get(route);
    if (!minute) this.minutes.set(route, (minute = { number, seen: 0, slowest: 0 }));
    if (minute.number !== number) Object.assign(minute, { number, seen: 0, slowest: 0 });
    return minute;
  }
}
