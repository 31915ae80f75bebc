/**
 * What the thread this code runs in tells of its heap and its event loop, about once a second. It is asked by somebody
 * who also comes through while the thread is blocked; what needs the event loop follows in the loop's next turn.
 */
import type { RuntimeRecord } from '../../contracts/recording.ts';
import type { SampleRecord } from '../../contracts/runtime-records.ts';
import { now } from '../clock.ts';
import type { Guest } from '../guest.ts';
import { GcWatch } from './gc-watch.ts';
import { heapUse } from './heap-use.ts';
import { LoopWatch } from './loop-watch.ts';
import { TrackedCalls } from './tracked-calls.ts';

/** Kept: a program's tests put their own in its place. */
const soon = setImmediate;

/** Profiled stretches begin and end with a tracked call, so that a blocked thread's collections are told apart. */
const SHORTEST_STRETCH_MICROSECONDS = 100_000;

/** Told by the collector. */
const OF_PROCESS = { rssBytes: null, userMicroseconds: null, systemMicroseconds: null } as const;

export interface RuntimeWatchOptions {
  readonly guest: Guest;
  /** Hears of everything, in the thread that is watched. */
  readonly sink: (records: readonly RuntimeRecord[]) => void;
  /** False: collections without heaps, at a third of the cost. */
  readonly withHeap: boolean;
}

export class RuntimeWatch {
  private readonly gc: GcWatch;
  private readonly loop = new LoopWatch();
  private readonly tracked = new TrackedCalls();
  private awaited: NodeJS.Immediate | undefined;
  private sampledAt = now();
  private readAt = now();
  private cost = 0;
  private ended = false;

  constructor(private readonly options: RuntimeWatchOptions) {
    this.gc = new GcWatch(options.withHeap, options.guest);
  }

  /** Answers what the watch has cost the thread since the last call, in microseconds, measured as far as possible. */
  ask(): number {
    if (this.ended) return 0;
    this.timed(() => {
      if (this.awaited) this.tell([...this.gc.blocked(), this.sample(this.loop.blocked())]);
      else this.awaited = soon(() => this.timed(() => this.turned())).unref();
    });
    return this.takeCost();
  }

  /** A call of a tracked function begins; answers what to call at its end. */
  track(name: string): () => void {
    const from = now();
    this.cutStretch();
    return () => {
      if (this.ended) return;
      this.tracked.add(name, from, now());
      this.cutStretch();
    };
  }

  /** Tells the rest and lets go of the thread; answers the cost as `ask` does. */
  end(): number {
    if (this.ended) return 0;
    this.ended = true;
    this.timed(() => {
      clearImmediate(this.awaited);
      this.tell([...this.gc.end(), this.sample(this.loop.blocked())]);
      this.loop.end();
    });
    return this.takeCost();
  }

  private turned(): void {
    this.awaited = undefined;
    if (!this.ended) this.tell([...this.gc.turned(), this.sample(this.loop.turned())]);
  }

  private tell(records: readonly RuntimeRecord[]): void {
    this.options.sink([...records, ...this.tracked.take()]);
  }

  private cutStretch(): void {
    const at = now();
    if (this.ended || at - this.readAt < SHORTEST_STRETCH_MICROSECONDS) return;
    this.readAt = at;
    this.timed(() => this.gc.cut());
  }

  private sample(loop: Pick<SampleRecord, 'threadMicroseconds' | 'loopDelay'>): SampleRecord {
    const atMicroseconds = now();
    const spanMicroseconds = atMicroseconds - this.sampledAt;
    this.sampledAt = atMicroseconds;
    return { type: 'sample', atMicroseconds, spanMicroseconds, ...heapUse(), ...OF_PROCESS, ...loop };
  }

  private takeCost(): number {
    const cost = this.cost + this.gc.takeCost();
    this.cost = 0;
    return cost;
  }

  private timed(work: () => void): void {
    const before = now();
    this.options.guest.quietly(work, undefined);
    this.cost += now() - before;
  }
}
