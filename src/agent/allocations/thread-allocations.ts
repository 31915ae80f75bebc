/** Records where this thread allocates: V8's heap sampler in turns (pace.ts), its profiles handed on as they come. */
import v8 from 'node:v8';
import { now } from '../clock.ts';
import { NEVER, type AllocationPart } from '../collector/contract.ts';
import type { Guest } from '../guest.ts';
import { HeapSampling } from './heap-sampling.ts';
import { AllocationPace } from './pace.ts';

interface Sink {
  readonly part: (part: AllocationPart) => void;
  /** Somebody else samples the heap: nothing (more) is recorded. */
  readonly inUse: (detail: string) => void;
}

const BYTES_PER_MILLISECOND = 1_400_000;
const LEAST_COST_MILLISECONDS = 3;

export class ThreadAllocations {
  private readonly sampling: HeapSampling;
  private readonly pace = new AllocationPace(
    LEAST_COST_MILLISECONDS + v8.getHeapStatistics().used_heap_size / BYTES_PER_MILLISECOND,
  );
  private state: 'idle' | 'on' | 'off' = 'idle';
  private part: Pick<AllocationPart, 'metric' | 'turn' | 'fromMicroseconds'> = {
    metric: 'allocated',
    turn: 0,
    fromMicroseconds: 0,
  };
  private lookedAt = 0;

  constructor(
    guest: Guest,
    private readonly sink: Sink,
  ) {
    this.sampling = new HeapSampling(guest, () => this.giveUp());
  }

  start(): void {
    this.state = this.sampling.open() ? 'on' : 'off';
    if (this.state === 'off') return this.sink.inUse('since before the recording');
    this.begin();
    this.lookedAt = now();
  }

  /** Looks if it is due. Answers the milliseconds until the next look, `NEVER` if there is none. */
  look(): number {
    if (this.state === 'off') return NEVER;
    // Asked before it has begun.
    if (this.state === 'idle') return this.pace.milliseconds;
    const before = now();
    const after = (before - this.lookedAt) / 1000;
    if (after < this.pace.milliseconds) return this.pace.milliseconds - after;
    const isLast = this.pace.ends(after);
    if (!this.hand(isLast ? 'end' : 'look')) return NEVER;
    this.lookedAt = before;
    this.pace.looked(after, (now() - before) / 1000);
    if (isLast) this.begin();
    return this.pace.milliseconds;
  }

  /** Hands on what there is. */
  stop(): void {
    if (this.state !== 'on') return;
    this.state = 'off';
    this.hand('end');
    this.sampling.close();
  }

  private begin(): void {
    const { turn } = this.pace;
    this.sampling.begin(turn);
    this.part = { metric: turn, turn: this.part.turn + 1, fromMicroseconds: now() };
  }

  /** False: V8's sampler was ended by somebody else. */
  private hand(how: 'look' | 'end'): boolean {
    const toMicroseconds = now();
    const profile = this.sampling[how]();
    if (profile === undefined) {
      this.lost('by a debugger, which has ended it');
      return false;
    }
    const stallMicroseconds = now() - toMicroseconds;
    this.sink.part({ ...this.part, toMicroseconds, stallMicroseconds, profile });
    return true;
  }

  private lost(detail: string): void {
    this.state = 'off';
    this.sampling.close();
    this.sink.inUse(detail);
  }

  private giveUp(): void {
    if (this.state !== 'on') return;
    this.stop();
    this.sink.inUse('by the program, since then');
  }
}
