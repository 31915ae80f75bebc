import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Blocks that what was done causes a little later: the view's rows, its context keys. */
const TAIL_MILLISECONDS = 250;

/** What `work` answers, and the longest delay of this event loop until a little after it: milliseconds. */
export async function withLongestDelay<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly block: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  const value = await work();
  await sleep(TAIL_MILLISECONDS);
  histogram.disable();
  return { value, block: histogram.max / 1e6 };
}

/** Waits until a second had no long delay: what others have started is over then. At most 5 s: machines are busy. */
export async function settle(): Promise<void> {
  for (let second = 0; second < 5; second++) {
    const { block } = await withLongestDelay(() => sleep(750));
    if (block < 20) return;
  }
}
