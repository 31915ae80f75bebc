import { now } from '../clock.ts';
import { scheduled } from './scheduled.ts';

/** The kernel brings a running thread's time up to date at its ticks: 10 ms at the slowest setting. */
const TICK_MICROSECONDS = 10_000;

const waitingHere = (): number | undefined => scheduled('/proc/thread-self')?.waiting;

/** How long `work` holds the thread that this runs in. */
export function stallHere(work: () => unknown, waiting = waitingHere, clock: () => number = now): Stall {
  const before = waiting();
  const start = clock();
  work();
  const onClock = clock() - start;
  const after = waiting();
  if (before === undefined || after === undefined) return unknownUse(onClock);
  return { onClock, onProcessor: Math.max(0, onClock - (after - before)) };
}

const mainOnProcessor = (): number | undefined => scheduled(`/proc/self/task/${process.pid}`)?.onProcessor;

/** How long the main thread stood still for us, in microseconds. */
export interface Stall {
  readonly onClock: number;
  /** Without the time in which the machine gave it no processor: what it costs. On Linux alone; else all of it. */
  readonly onProcessor: number;
}

/** Where nothing tells how much of it the thread had a processor for. */
export const unknownUse = (onClock: number): Stall => ({ onClock, onProcessor: onClock });

/** `ask` answers microseconds on the clock, measured in the main thread. */
export async function mainStall(ask: () => Promise<number>, onProcessor = mainOnProcessor): Promise<Stall> {
  const before = onProcessor();
  const onClock = await ask();
  const after = onProcessor();
  if (before === undefined || after === undefined) return unknownUse(onClock);
  return { onClock, onProcessor: Math.min(onClock, after - before + TICK_MICROSECONDS) };
}
