/**
 * Watches the garbage collections of the thread this code runs in. Costs measured on Node 20 and 24: PerformanceObserver
 * 27 microseconds for a collection, `v8.GCProfiler` 60 more, and 20 to hand over its statistics. Hence the profiler rests
 * for the remainder of a second in which there were many; where the thread is blocked it is the only witness, and goes on
 * up to 1,000 collections a second.
 */
import { performance, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import v8 from 'node:v8';
import { GC_TYPE } from '../../contracts/garbage-collection.ts';
import type { RuntimeRecord } from '../../contracts/recording.ts';
import { now } from '../clock.ts';
import type { Guest } from '../guest.ts';
import {
  CollectionLog,
  type HeapUse,
  type ObservedCollection,
  type ProfiledCollection,
} from './collection-log.ts';
import { collectionRecords, MOST_WITH_HEAP } from './collections-record.ts';

/** Beyond it a blocked thread is looked at for one second of several. */
const MOST_IN_BLOCKED_SECOND = 1000;
/** What a thread that nobody can interrupt may be blocked for: the profiler's memory grows by 4 KB a collection. */
const LONGEST_BLOCK_MICROSECONDS = 10_000_000;
const NATIVE_MICROSECONDS = { observer: 10, profiler: 60 } as const;

const TYPE_OF_NAME: Readonly<Record<string, number>> = {
  Scavenge: GC_TYPE.scavenge,
  MinorMarkCompact: GC_TYPE.minor,
  MinorMarkSweep: GC_TYPE.minor,
  MarkSweepCompact: GC_TYPE.markSweepCompact,
  IncrementalMarking: GC_TYPE.incremental,
  ProcessWeakCallbacks: GC_TYPE.weakCallbacks,
};

interface GcEntry extends PerformanceEntry {
  readonly detail: { readonly kind: number; readonly flags: number };
}
type Statistics = ReturnType<v8.GCProfiler['stop']>['statistics'][number];

export class GcWatch {
  private readonly log = new CollectionLog();
  private readonly observer: PerformanceObserver;
  /** CLOCK_MONOTONIC of `performance.timeOrigin`. */
  private readonly origin = originMicroseconds();
  private profiler: v8.GCProfiler | undefined;
  private profiledFrom = 0;
  /** Since the profiler was started. */
  private observedCount = 0;
  private restingSeconds = 0;
  private native = 0;
  /** Until then everything has been told. */
  private seenUntil = now();

  /** `withHeap`: by the profiler; else only what PerformanceObserver tells. */
  constructor(
    private readonly withHeap: boolean,
    private readonly guest: Guest,
  ) {
    this.observer = new PerformanceObserver(list =>
      this.guest.quietly(() => this.observed(list.getEntries()), undefined),
    );
    this.observer.observe({ entryTypes: ['gc'] });
    this.startProfiler();
  }

  /** What there is to tell, called by the event loop: everything that was, with its time. */
  turned(): RuntimeRecord[] {
    this.take(this.observer.takeRecords());
    this.stopProfiler();
    const records = collectionRecords(this.log.settle());
    this.seenUntil = now();
    this.startProfiler();
    return records;
  }

  /** The same while JavaScript runs, where PerformanceObserver does not come through. */
  blocked(): RuntimeRecord[] {
    this.take(this.observer.takeRecords());
    const count = this.stopProfiler();
    if (count > MOST_IN_BLOCKED_SECOND) this.restingSeconds = Math.floor(count / MOST_IN_BLOCKED_SECOND);
    const records = [
      ...collectionRecords(this.log.settle()),
      ...collectionRecords(this.log.estimate(), true),
    ];
    this.startProfiler();
    return records;
  }

  /** Ends a profiled stretch: what is told of a blocked thread lies between two such points. */
  cut(): void {
    if (!this.profiler) return;
    this.stopProfiler();
    this.beginStretch();
  }

  end(): RuntimeRecord[] {
    const isComplete = this.profiler !== undefined;
    this.take(this.observer.takeRecords());
    this.stopProfiler();
    this.observer.disconnect();
    const records: RuntimeRecord[] = [
      ...collectionRecords(this.log.settle()),
      ...collectionRecords(this.log.estimate(), true),
    ];
    if (isComplete) return records;
    return [...records, { type: 'unseen', atMicroseconds: now(), fromMicroseconds: this.seenUntil }];
  }

  /** What our being there has lengthened collections by since the last call: estimated, it cannot be measured from here. */
  takeCost(): number {
    const cost = this.native;
    this.native = 0;
    return cost;
  }

  private observed(entries: readonly PerformanceEntry[]): void {
    this.take(entries);
    this.seenUntil = now();
    if (this.observedCount > MOST_WITH_HEAP) this.stopProfiler();
  }

  private take(entries: readonly PerformanceEntry[]): void {
    this.observedCount += entries.length;
    this.native += entries.length * NATIVE_MICROSECONDS.observer;
    this.log.observe(entries.map(entry => this.toCollection(entry as GcEntry)));
  }

  private toCollection({ startTime, duration, detail }: GcEntry): ObservedCollection {
    const { kind, flags } = detail;
    return { start: this.origin + startTime * 1000, pause: duration * 1000, kind, flags };
  }

  private startProfiler(): void {
    this.observedCount = 0;
    if (!this.withHeap || this.restingSeconds-- > 0) return;
    this.restingSeconds = 0;
    this.beginStretch();
  }

  private beginStretch(): void {
    this.profiler = new v8.GCProfiler();
    this.profiledFrom = now();
    this.profiler.start();
  }

  /** Answers how many collections it has seen. */
  private stopProfiler(): number {
    const { profiler, profiledFrom } = this;
    this.profiler = undefined;
    if (!profiler) return 0;
    if (now() - profiledFrom > LONGEST_BLOCK_MICROSECONDS) return this.abandon();
    const { statistics } = profiler.stop();
    this.native += statistics.length * NATIVE_MICROSECONDS.profiler;
    this.log.profile(profiledFrom, now(), statistics.map(toProfiled));
    return statistics.length;
  }

  /** Its statistics may be too large to be handed over: they go with the profiler. */
  private abandon(): number {
    this.restingSeconds = Number.POSITIVE_INFINITY;
    return 0;
  }
}

const toProfiled = ({ gcType, cost, beforeGC, afterGC }: Statistics): ProfiledCollection => ({
  kind: TYPE_OF_NAME[gcType] ?? 0,
  pause: cost,
  before: heapUse(beforeGC),
  after: heapUse(afterGC),
});

function heapUse({ heapStatistics, heapSpaceStatistics }: Statistics['beforeGC']): HeapUse {
  const spaces: Record<string, number> = {};
  for (const { spaceName, spaceUsedSize } of heapSpaceStatistics) spaces[spaceName] = spaceUsedSize;
  return { used: heapStatistics.usedHeapSize, spaces };
}

/** The tightest of some readings of both clocks. */
function originMicroseconds(): number {
  let [tightest, origin] = [Number.POSITIVE_INFINITY, 0];
  for (let attempt = 0; attempt < 20; attempt++) {
    const before = now();
    const since = performance.now() * 1000;
    const gap = now() - before;
    if (gap < tightest) [tightest, origin] = [gap, before + gap / 2 - since];
  }
  return origin;
}
