/** All operations of a thread, counted by route: the slow ones among many can be told by these. */
import type { OperationKind } from '../../contracts/operation-kinds.ts';
import type { RouteCounts } from '../../contracts/operations.ts';

/** Of a program whose names do not repeat, further ones are counted together. */
const MOST_ROUTES = 1000;
const OTHERS = '(others)';
/** 1/8 octaves up to 2^40 µs, 12 days. */
const BUCKETS = 8 * 40;

interface Counted {
  readonly kind: OperationKind;
  readonly name: string;
  readonly thresholdMicroseconds: number;
  readonly durationMicroseconds: number;
  readonly isSlow: boolean;
  readonly isError: boolean;
}

export class Route {
  private count = 0;
  private slowCount = 0;
  keptCount = 0;
  private errorCount = 0;
  private totalMicroseconds = 0;
  private maxMicroseconds = 0;
  private thresholdMicroseconds = 0;
  private readonly durations = new Uint32Array(BUCKETS);
  hasChanged = false;
  /** Only one in so many is followed. */
  oneIn: (() => number) | undefined;

  constructor(
    readonly kind: OperationKind,
    readonly name: string,
  ) {}

  add({ durationMicroseconds, thresholdMicroseconds, isSlow, isError }: Counted): void {
    this.hasChanged = true;
    this.count++;
    if (isSlow) this.slowCount++;
    if (isError) this.errorCount++;
    this.thresholdMicroseconds = thresholdMicroseconds;
    this.totalMicroseconds += durationMicroseconds;
    if (durationMicroseconds > this.maxMicroseconds) this.maxMicroseconds = durationMicroseconds;
    const bucket = bucketOf(durationMicroseconds);
    this.durations[bucket] = (this.durations[bucket] as number) + 1;
  }

  /** One that is not slow. */
  addFast(durationMicroseconds: number, isError: boolean): void {
    this.hasChanged = true;
    this.count++;
    if (isError) this.errorCount++;
    this.totalMicroseconds += durationMicroseconds;
    if (durationMicroseconds > this.maxMicroseconds) this.maxMicroseconds = durationMicroseconds;
    const bucket = bucketOf(durationMicroseconds);
    this.durations[bucket] = (this.durations[bucket] as number) + 1;
  }

  counts(): RouteCounts {
    const { kind, name, count, slowCount, keptCount, errorCount, thresholdMicroseconds } = this;
    const oneIn = this.oneIn?.() ?? 1;
    return {
      ...{ kind, name, count, slowCount, keptCount, errorCount, thresholdMicroseconds },
      totalMicroseconds: Math.round(this.totalMicroseconds),
      maxMicroseconds: Math.round(this.maxMicroseconds),
      durations: [...this.durations]
        .map((times, bucket): [number, number] => [bucket, times])
        .filter(([, times]) => times > 0),
      ...(oneIn > 1 ? { oneIn } : {}),
    };
  }
}

/** See `RouteCounts.durations`. */
export function bucketOf(microseconds: number): number {
  return Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, microseconds)) * 8)));
}

export class Routes {
  private readonly routes = new Map<OperationKind, Map<string, Route>>();
  private size = 0;

  of(kind: OperationKind, name: string): Route {
    let ofKind = this.routes.get(kind);
    if (!ofKind) this.routes.set(kind, (ofKind = new Map<string, Route>()));
    const known = ofKind.get(name);
    if (known) return known;
    if (this.size >= MOST_ROUTES && name !== OTHERS) return this.of(kind, OTHERS);
    const route = new Route(kind, name);
    ofKind.set(name, route);
    this.size++;
    return route;
  }

  /** Those that have changed since the last call. */
  takeChanged(): RouteCounts[] {
    const changed = [...this.routes.values()]
      .flatMap(ofKind => [...ofKind.values()])
      .filter(({ hasChanged }) => hasChanged);
    for (const route of changed) route.hasChanged = false;
    return changed.map(route => route.counts());
  }
}
