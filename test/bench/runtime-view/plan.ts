/** What the benchmark and the process that measures tell each other. */
import type { Load } from '../../draw/runtime-view.ts';

export interface Plan {
  readonly load: Load;
  /** Each in a browser of its own. */
  readonly rounds: number;
  /** Seconds of live rows: one half while the newest minute is shown, the other while all is. */
  readonly updates: number;
}

/** Milliseconds of one round. */
export interface Measured {
  /** Until it is painted, the view file read; CPU time of the main thread in it. */
  readonly firstPaint: number;
  readonly firstPaintCpu: number;
  /** CPU time of the main thread for each second: without rows, while the newest minute is shown, while all is. */
  readonly floor: number;
  readonly newestMinute: number;
  readonly whole: number;
}
