/**
 * How late the event loop is, and how much of the time its thread has a processor: of the thread this code runs in. Node's
 * own `eventLoopUtilization` cannot tell while V8 samples: each of its signals interrupts the loop's waiting, which libuv
 * then counts anew, so an idle program looks 95 % busy.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { SampleRecord } from '../../contracts/runtime-records.ts';
import { threadMicroseconds } from '../collector/scheduled.ts';

/** Node's timer for it wakes the loop so often, which costs an idle thread 0.4 % of a core at 20 ms. */
const RESOLUTION_MILLISECONDS = 20;

type Read = Pick<SampleRecord, 'threadMicroseconds' | 'loopDelay'>;

export class LoopWatch {
  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLISECONDS });
  private last = threadMicroseconds();

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
    return { threadMicroseconds: this.used(), loopDelay };
  }

  /** The same in the middle of a turn. */
  blocked(): Read {
    return { threadMicroseconds: this.used(), loopDelay: null };
  }

  end(): void {
    this.histogram.disable();
  }

  /** Since the last call; null where the system does not tell. */
  private used(): number | null {
    const { last } = this;
    this.last = threadMicroseconds();
    return last === undefined || this.last === undefined ? null : this.last - last;
  }
}
