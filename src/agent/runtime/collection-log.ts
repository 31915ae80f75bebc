/**
 * Brings together what two witnesses tell of garbage collections: PerformanceObserver (when and why, but only once the
 * event loop turns) and `v8.GCProfiler` (kinds, pauses and heaps of a stretch of time, also while the thread is
 * blocked, but not when). Both see every collection, in one order:
 *
 *   observed     1 2 3   4 5 6       7 8
 *   profiled     1 2 3  (pause)      7 8      ──►  1 … 3 with heap, 4 … 6 without, 7 and 8 with
 */

export interface ObservedCollection {
  /** CLOCK_MONOTONIC, microseconds. */
  readonly start: number;
  readonly pause: number;
  /** `GC_TYPE` */
  readonly kind: number;
  readonly flags: number | null;
}

export interface HeapUse {
  readonly used: number;
  /** Used bytes by name of the space. */
  readonly spaces: Readonly<Record<string, number>>;
}

export interface ProfiledCollection {
  /** `GC_TYPE` */
  readonly kind: number;
  /**
   * The profiler's clock stands between its own statistics of before and after; PerformanceObserver's takes them in, 50
   * microseconds a collection. V8 stops its own clock a little before either: with `--trace-gc` it writes its line between,
   * and all pauses together are 0.1 to 0.4 % longer than printed (bench gc-pauses).
   */
  readonly pause: number;
  readonly before: HeapUse;
  readonly after: HeapUse;
}

export interface Collection extends ObservedCollection {
  readonly heap?: { readonly before: HeapUse; readonly after: HeapUse };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  left: ProfiledCollection[];
  /** So many of its collections have been told before they were observed. */
  told: number;
}

export class CollectionLog {
  private observed: ObservedCollection[] = [];
  private readonly stretches: Stretch[] = [];
  /** When the last collection ended that has been told. */
  private toldUntil = 0;

  /** Takes collections in the order in which they ended. */
  observe(collections: readonly ObservedCollection[]): void {
    this.observed.push(...collections);
  }

  /** Takes all collections between two points in time. */
  profile(from: number, to: number, collections: ProfiledCollection[]): void {
    if (collections.length > 0) this.stretches.push({ from, to, left: collections, told: 0 });
  }

  /** What has been observed, with the heap where it is known. Call it when no profiled stretch is open. */
  settle(): Collection[] {
    const settled = this.observed.splice(0).flatMap(observed => this.settled(observed));
    for (const { start, pause } of settled) this.toldUntil = Math.max(this.toldUntil, start + pause);
    return settled;
  }

  /** What was profiled but not yet observed, with estimated times: the thread is blocked or ends. */
  estimate(): Collection[] {
    return this.stretches.flatMap(stretch => {
      const { left } = stretch;
      stretch.told += left.length;
      stretch.left = [];
      return this.spread(left, stretch);
    });
  }

  /** With equal distances, after everything that has been told. */
  private spread(left: readonly ProfiledCollection[], { from, to }: Stretch): Collection[] {
    let at = Math.max(from, this.toldUntil);
    const paused = left.reduce((sum, { pause }) => sum + pause, 0);
    const distance = Math.max(0, to - at - paused) / (left.length + 1);
    const collections = left.map(({ kind, pause, before, after }) => {
      const start = at + distance;
      at = start + pause;
      return { start, pause, kind, flags: null, heap: { before, after } };
    });
    this.toldUntil = at;
    return collections;
  }

  private settled(observed: ObservedCollection): Collection[] {
    const stretch = this.stretchOf(observed);
    if (!stretch) return [observed];
    if (stretch.told > 0) {
      stretch.told--;
      return [];
    }
    const profiled = stretch.left.shift();
    if (profiled?.kind === observed.kind) {
      const { pause, before, after } = profiled;
      return [{ ...observed, pause, heap: { before, after } }];
    }
    // They do not agree: what is observed counts.
    stretch.left = [];
    return [observed];
  }

  private stretchOf({ start }: ObservedCollection): Stretch | undefined {
    for (;;) {
      const [first] = this.stretches;
      if (!first || start < first.from) return undefined;
      if (first.told + first.left.length > 0) return first;
      this.stretches.shift();
    }
  }
}
