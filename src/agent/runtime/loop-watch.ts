/** How late the event loop is, and how much of the time it works: of the thread this code runs in. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { SampleRecord } from '../../contracts/runtime-records.ts';

/** Node's timer for it wakes the loop so often, which costs an idle thread 0.4 % of a core at 20 ms. */
const RESOLUTION_MILLISECONDS = 20;

type Read = Pick<SampleRecord, 'activeMicroseconds' | 'loopDelay'>;

export class LoopWatch {
  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLISECONDS });
  /** Kept: a program's tests put their own in its place. */
  private readonly read = performance.eventLoopUtilization;
  private last = this.read();

  constructor() {
    this.histogram.enable();
  }

  /** Since the last call; call it from the event loop: in the middle of a turn Node would lose that turn's delay. */
  turned(): Read {
    const { histogram } = this;
    const delay = (nanoseconds: number): number =>
      Math.max(0, Math.round(nanoseconds / 1000 - RESOLUTION_MILLISECONDS * 1000));
    const loopDelay =
      histogram.count === 0
        ? null
        : {
            p50Microseconds: delay(histogram.percentile(50)),
            p99Microseconds: delay(histogram.percentile(99)),
            maxMicroseconds: delay(histogram.max),
          };
    histogram.reset();
    return { activeMicroseconds: this.active(), loopDelay };
  }

  /** The same in the middle of a turn. */
  blocked(): Read {
    return { activeMicroseconds: this.active(), loopDelay: null };
  }

  end(): void {
    this.histogram.disable();
  }

  /** Null before the loop has begun to turn: Node counts from there on. */
  private active(): number | null {
    const current = this.read();
    const { active } = this.read(current, this.last);
    this.last = current;
    return current.idle + current.active > 0 ? Math.round(active * 1000) : null;
  }
}
