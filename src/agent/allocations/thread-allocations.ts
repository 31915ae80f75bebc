/** Records where this thread allocates: V8's heap sampler in turns (pace.ts), its profiles handed on as they come. */
import v8 from 'node:v8';
import type { AgentConfiguration } from '../../contracts/agent.ts';
import { now } from '../clock.ts';
import { NEVER, type AllocationPart } from '../collector/contract.ts';
import type { Guest } from '../guest.ts';
import { HeapSampling } from './heap-sampling.ts';
import { HeldPace } from './held-pace.ts';
import { AllocationPace, type LookPace } from './pace.ts';

/** The program may replace them. */
const { getHeapStatistics } = v8;
const cpuUsage = process.cpuUsage.bind(process);

/** Whether this thread is to be looked at. */
export const followsAllocations = ({
  allocations = false,
  leaks = false,
}: Pick<AgentConfiguration, 'allocations' | 'leaks'>): boolean => allocations || leaks;

export interface AllocationOptions {
  readonly guest: Guest;
  readonly sink: Sink;
  /** What is still held is followed without a break, in place of turns: leaks are tracked. */
  readonly isTracked: boolean;
  /** How many requests were answered so far. */
  readonly requests: () => number;
}

interface Sink {
  readonly part: (part: AllocationPart) => void;
  /** Somebody else samples the heap: nothing (more) is recorded. */
  readonly inUse: (detail: string) => void;
}

const BYTES_PER_MILLISECOND = 1_400_000;
const LEAST_COST_MILLISECONDS = 3;
/** On average one object per so many bytes is sampled; the second where something may grow. */
const INTERVAL_BYTES = 128 * 1024;
const FINE_INTERVAL_BYTES = 32 * 1024;

export class ThreadAllocations {
  private readonly sampling: HeapSampling;
  private readonly held: HeldPace | undefined;
  private readonly pace: LookPace;
  private state: 'idle' | 'on' | 'lost' | 'off' = 'idle';
  private intervalBytes = INTERVAL_BYTES;
  private isToRefine = false;
  private part: Pick<AllocationPart, 'metric' | 'turn' | 'fromMicroseconds' | 'fromRequests'> = {
    metric: 'allocated',
    ...{ turn: 0, fromMicroseconds: 0, fromRequests: 0 },
  };
  private lookedAt = 0;

  constructor(private readonly options: AllocationOptions) {
    const cost = LEAST_COST_MILLISECONDS + getHeapStatistics().used_heap_size / BYTES_PER_MILLISECOND;
    this.held = options.isTracked ? new HeldPace(cost) : undefined;
    this.pace = this.held ?? new AllocationPace(cost);
    this.sampling = new HeapSampling(options.guest, () => this.giveUp());
  }

  start(): void {
    this.state = this.sampling.open() ? 'on' : 'off';
    if (this.state === 'off') return this.options.sink.inUse('since before the recording');
    this.begin();
    this.lookedAt = now();
  }

  /** Looks if it is due. Answers the milliseconds until the next look, `NEVER` if there is none. */
  look(): number {
    if (this.state === 'off' || this.state === 'lost') return NEVER;
    // Asked before it has begun.
    if (this.state === 'idle') return this.pace.milliseconds;
    const after = (now() - this.lookedAt) / 1000;
    if (after < this.pace.milliseconds) return this.pace.milliseconds - after;
    const isLast = this.isToRefine || this.pace.ends(after);
    if (!this.paced(isLast ? 'end' : 'look')) return NEVER;
    if (isLast) this.begin();
    return this.pace.milliseconds;
  }

  /**
   * Something may grow: from the next look on smaller objects are sampled, once. What is held already is not known any more
   * then.
   */
  refine(): void {
    this.isToRefine = this.held !== undefined && this.intervalBytes !== FINE_INTERVAL_BYTES;
  }

  /** Hands on what there is; the recording ends. */
  stop(): void {
    if (this.state === 'on') this.hand('end');
    if (this.state === 'on' || this.state === 'lost') this.sampling.close();
    this.state = 'off';
  }

  /** False: V8's sampler was ended by somebody else. */
  private paced(how: 'look' | 'end'): boolean {
    const before = now();
    const cost = this.hand(how);
    if (cost === undefined) return false;
    this.pace.looked((before - this.lookedAt) / 1000, cost / 1000);
    this.lookedAt = before;
    return true;
  }

  private begin(): void {
    if (this.isToRefine) {
      this.isToRefine = false;
      this.intervalBytes = FINE_INTERVAL_BYTES;
      this.held?.restarted();
    }
    const { turn } = this.pace;
    this.sampling.begin(turn, this.intervalBytes);
    this.part = {
      metric: turn,
      turn: this.part.turn + 1,
      fromMicroseconds: now(),
      fromRequests: this.options.requests(),
    };
  }

  /** Answers what it has cost; undefined: V8's sampler was ended by somebody else. */
  private hand(how: 'look' | 'end'): number | undefined {
    const toMicroseconds = now();
    const used = cpuUsage();
    const profile = this.sampling[how]();
    if (profile === undefined) {
      this.lost('by a debugger, which has ended it');
      return undefined;
    }
    const { intervalBytes, options } = this;
    // Garbage has just been collected.
    const floorBytes = getHeapStatistics().used_heap_size;
    const stallMicroseconds = now() - toMicroseconds;
    const { user, system } = cpuUsage(used);
    // On a busy machine the thread also waits for a processor, which is not of the look's doing.
    const costMicroseconds = Math.min(stallMicroseconds, user + system);
    const told = { ...this.part, toMicroseconds, stallMicroseconds, costMicroseconds };
    options.sink.part({ ...told, intervalBytes, floorBytes, requests: options.requests(), profile });
    return costMicroseconds;
  }

  /** Where snapshots are compared the session stays until the recording ends: see `HeapSampling.close`. */
  private lost(detail: string): void {
    this.state = this.options.isTracked ? 'lost' : 'off';
    if (this.options.isTracked) this.sampling.release();
    else this.sampling.close();
    this.options.sink.inUse(detail);
  }

  private giveUp(): void {
    if (this.state === 'on' && this.hand('end') !== undefined) this.lost('by the program, since then');
  }
}
