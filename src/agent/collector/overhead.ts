/** What Slowcatch costs in this process, measured: stalls of the sampled thread, CPU of our threads. */
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { OverheadRecord } from '../../contracts/recording.ts';
import { now } from '../clock.ts';
import type { Stall } from './main-stall.ts';
import { threadMicroseconds } from './scheduled.ts';

/** Linux: clock ticks of /proc are 1/100 s on every architecture that Node runs on. */
const MICROSECONDS_PER_TICK = 10_000;
const SAMPLER_THREAD = 'v8:ProfEvntProc';

export class Overhead {
  private stall = 0;
  private longestStall = 0;
  private swaps = 0;
  private swap = 0;
  private longestSwap = 0;
  private hooks: number | undefined;
  /** A sampler thread takes its count with it when it ends: the highest one seen stays. */
  private sampler: number | null = null;
  private readonly processAtStart = processMicroseconds();

  stalled({ onClock, onProcessor }: Stall): void {
    this.stall += onProcessor;
    this.longestStall = Math.max(this.longestStall, onClock);
  }

  /** Many little stalls together. */
  spent(microseconds: number): void {
    this.stall += microseconds;
  }

  followed(hooksMicroseconds: number): void {
    this.hooks = (this.hooks ?? 0) + hooksMicroseconds;
  }

  swapped(stall: Stall): void {
    this.swaps++;
    this.swap += stall.onClock;
    this.longestSwap = Math.max(this.longestSwap, stall.onClock);
    this.stalled(stall);
  }

  record(): OverheadRecord {
    const sampler = samplerMicroseconds();
    if (sampler !== null) this.sampler = Math.max(sampler, this.sampler ?? 0);
    return {
      type: 'overhead',
      atMicroseconds: now(),
      stallMicroseconds: this.stall,
      longestStallMicroseconds: this.longestStall,
      swaps: this.swaps,
      swapMicroseconds: this.swap,
      longestSwapMicroseconds: this.longestSwap,
      ...(this.hooks === undefined ? {} : { hooksMicroseconds: this.hooks }),
      collectorMicroseconds: collectorMicroseconds(),
      samplerMicroseconds: this.sampler,
      processMicroseconds: processMicroseconds() - this.processAtStart,
    };
  }
}

function processMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** CPU of this worker: measured on Linux and from Node 22.19 on, else the active time of its event loop. */
const collectorMicroseconds = (): number =>
  threadMicroseconds() ?? Math.round(performance.eventLoopUtilization().active * 1000);

/** CPU of V8's sampler threads, which Linux tells by name; null elsewhere. */
function samplerMicroseconds(): number | null {
  if (process.platform !== 'linux') return null;
  let ticks = 0;
  for (const task of fs.readdirSync('/proc/self/task')) ticks += samplerTicks(`/proc/self/task/${task}/stat`);
  return ticks * MICROSECONDS_PER_TICK;
}

function samplerTicks(file: string): number {
  const stat = readIfThere(file);
  if (!stat.includes(`(${SAMPLER_THREAD})`)) return 0;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** A thread may end between the listing and this read: then it has nothing to tell. */
function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
