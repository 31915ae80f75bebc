/**
 * How long what has just begun to run could have run but its thread was at something else.
 *
 *   timers   exactly: Node keeps when each is due, in whole milliseconds of the loop's clock. A loop that has nothing to
 *            do comes a millisecond late for lack of a finer one, and a little: less than two are told only where it is
 *            known that the thread was busy.
 *   others   at least since the loop has looked for news and found it; at most as long as the thread has been busy without
 *            a stop, and not since before the look before that: what it did not find then came later.
 */
import { performance } from 'node:perf_hooks';

interface LoopTiming {
  /** Milliseconds; grows when the loop's wait for news ends. */
  readonly idleTime: number;
  /** Node 20.18 and later. */
  readonly uvMetricsInfo?: { readonly loopCount: number };
}

interface DueTimer {
  readonly _idleStart?: unknown;
  readonly _idleTimeout?: unknown;
}

const FINEST_MICROSECONDS = 2000;
const LOOKS = 50;

export class ReadyTimes {
  private readonly timing = performance.nodeTiming as unknown as LoopTiming;
  /** CLOCK_MONOTONIC of the loop's zero, in milliseconds; undefined where this Node keeps its timers otherwise. */
  private readonly zero: number | undefined;
  private idle = -1;
  private loop = -1;
  private busySince = 0;
  private lookedAt = 0;
  private lookedBefore = 0;
  private timer: DueTimer | undefined;
  /** Of the last answer: perhaps so long; the same where that is exact. */
  atMost = 0;
  /** For others than timers: costs a look at the loop with every callback. */
  isWatched = false;

  constructor(private readonly now: () => number) {
    this.zero = loopZero(now);
  }

  /** A native callback begins. */
  began(resource: object, isTimer: boolean): void {
    this.timer = isTimer ? resource : undefined;
    if (this.isWatched) this.look();
    else this.loop = -1;
  }

  /** Microseconds that what begins to run now could have run before, out of the native callback that began last. */
  get(at: number): number {
    const ready = this.timer === undefined ? this.sinceNews(at) : this.since(this.timer, at);
    if (this.timer !== undefined || this.loop === -1) this.atMost = ready;
    else this.atMost = Math.max(ready, at - Math.max(this.busySince, this.lookedBefore));
    return ready;
  }

  private sinceNews(at: number): number {
    return this.loop > 0 ? Math.max(0, at - this.lookedAt) : 0;
  }

  private since(timer: DueTimer, at: number): number {
    const late = at - (this.dueTime(timer) ?? at);
    if (late >= FINEST_MICROSECONDS) return late;
    return this.loop === -1 ? 0 : Math.max(0, Math.min(late, at - this.busySince));
  }

  private look(): void {
    const { idleTime, uvMetricsInfo } = this.timing;
    const at = this.now();
    if (idleTime !== this.idle || this.loop === -1) this.busySince = at;
    this.idle = idleTime;
    const loop = uvMetricsInfo?.loopCount ?? 0;
    if (loop === this.loop) return;
    this.lookedBefore = this.loop === -1 ? at : this.lookedAt;
    this.lookedAt = at;
    this.loop = loop;
  }

  /** Timers are of the program: what they hold may be anything. */
  private dueTime(timer: DueTimer): number | undefined {
    const start = Object.getOwnPropertyDescriptor(timer, '_idleStart')?.value as unknown;
    const after = Object.getOwnPropertyDescriptor(timer, '_idleTimeout')?.value as unknown;
    if (this.zero === undefined || typeof start !== 'number' || typeof after !== 'number') return undefined;
    return (this.zero + start + after) * 1000;
  }
}

/** A timer tells its start in whole milliseconds of the loop's clock, which are those of CLOCK_MONOTONIC less a number. */
function loopZero(now: () => number): number | undefined {
  for (let look = 0; look < LOOKS; look++) {
    const before = Math.floor(now() / 1000);
    const timer = setTimeout(() => undefined, 1000);
    const start = (timer as unknown as DueTimer)._idleStart;
    clearTimeout(timer);
    if (typeof start !== 'number') return undefined;
    if (Math.floor(now() / 1000) === before) return before - start;
  }
  return undefined;
}
