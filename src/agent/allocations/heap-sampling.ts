/**
 * V8's sampling heap profiler of this thread, through an inspector session of its own. There is one per isolate,
 * whoever starts it: a second start is ignored without a word, and the first stop ends it for all. So it is left alone
 * where somebody else uses it already (`--heap-prof`), and given up for who comes later.
 */
import inspector from 'node:inspector';
import Module from 'node:module';
import v8 from 'node:v8';
import type { AllocationMetric } from '../../contracts/profile-source.ts';
import type { Guest } from '../guest.ts';
import { replaceMethod } from '../replaced-method.ts';

const STACK_DEPTH = 128;
const START = 'HeapProfiler.startSampling';

const { syncBuiltinESMExports } = Module as unknown as { syncBuiltinESMExports: () => void };

export class HeapSampling {
  private readonly session = new inspector.Session();
  /** Not through what is put before it for others: it would look like the program's own call. */
  private readonly post = inspector.Session.prototype.post.bind(this.session);
  private undo: (() => void)[] = [];

  /** `giveUp` is called before somebody else in this thread starts V8's sampler. */
  constructor(
    private readonly guest: Guest,
    private readonly giveUp: () => void,
  ) {}

  /** False: somebody else samples the heap of this thread. */
  open(): boolean {
    this.session.connect();
    if (this.isRunning()) {
      this.session.disconnect();
      return false;
    }
    this.watchOthers();
    return true;
  }

  /** On average one object per so many bytes is sampled. */
  begin(metric: AllocationMetric, intervalBytes: number): void {
    const keepsCollected = metric === 'allocated';
    this.post(START, {
      samplingInterval: intervalBytes,
      stackDepth: STACK_DEPTH,
      includeObjectsCollectedByMajorGC: keepsCollected,
      includeObjectsCollectedByMinorGC: keepsCollected,
    } as object);
  }

  /** The profile so far, as V8's JSON; undefined when somebody else has ended it. Collects all garbage. */
  look(): string | undefined {
    return this.ask('HeapProfiler.getSamplingProfile');
  }

  /** The same, and the end of it. */
  end(): string | undefined {
    return this.ask('HeapProfiler.stopSampling');
  }

  /** Others are not watched any more. */
  release(): void {
    for (const undo of this.undo.splice(0)) undo();
  }

  /** V8 numbers all objects of the heap anew when a session ends: snapshots of before and after have none in common. */
  close(): void {
    this.release();
    this.session.disconnect();
  }

  private isRunning(): boolean {
    return this.look() !== undefined;
  }

  private ask(method: 'HeapProfiler.getSamplingProfile' | 'HeapProfiler.stopSampling'): string | undefined {
    let profile: string | undefined;
    this.post(method, (error: Error | null, result?: { profile: object }) => {
      if (!error && result) profile = JSON.stringify(result.profile);
    });
    return profile;
  }

  private watchOthers(): void {
    const { session, giveUp } = this;
    this.before(
      inspector.Session.prototype as unknown as Record<'post', Method>,
      'post',
      (self, [method]) => {
        if (method === START && self !== session) giveUp();
      },
    );
    if (!('startHeapProfile' in v8)) return;
    this.before(v8 as unknown as Record<'startHeapProfile', Method>, 'startHeapProfile', giveUp);
    syncBuiltinESMExports();
    this.undo.push(syncBuiltinESMExports);
  }

  /** Calls `work` before each call of a method. */
  private before<K extends string>(
    target: Record<K, Method>,
    name: K,
    work: (self: unknown, parameters: unknown[]) => void,
  ): void {
    const { guest } = this;
    const make = (original: Method): Method =>
      new Proxy(original, {
        apply(called, self: unknown, parameters: unknown[]) {
          guest.quietly(() => work(self, parameters), undefined);
          return Reflect.apply(called, self, parameters);
        },
      });
    this.undo.push(replaceMethod(target, name, make));
  }
}

type Method = (...parameters: unknown[]) => unknown;
