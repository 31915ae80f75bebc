/** Programs in miniature, object by object, and what V8's sampler tells of them at the looks of a recording. */
import { HeldPace } from '../../src/agent/allocations/held-pace.ts';
import type { HeldLook, HeldTurn } from '../../src/analysis/heap/suspicion.ts';
import { mulberry32 } from '../bench/document.ts';

const KILOBYTE = 1024;
const TICKS_PER_SECOND = 10;
const FLOOR_BYTES = 10_000 * KILOBYTE;

interface Held {
  readonly bytes: number;
  /** Of the sampled ones, in their order; 0 for those that were not. */
  readonly ordinal: number;
}

/** Objects of one site. */
export class Site {
  readonly live = new Set<Held>();

  constructor(
    readonly name: string,
    private readonly heap: Heap,
  ) {}

  add(bytes: number): Held {
    const held = { bytes, ordinal: this.heap.isSampled(bytes) ? ++this.heap.ordinal : 0 };
    this.live.add(held);
    this.heap.bytes += bytes;
    return held;
  }

  drop(held: Held | undefined): void {
    if (held && this.live.delete(held)) this.heap.bytes -= held.bytes;
  }
}

export class Heap {
  ordinal = 0;
  bytes = FLOOR_BYTES;
  readonly random: () => number;
  readonly sites = new Map<string, Site>();
  /** Objects from before the sampler began are not known to it. */
  private samples = false;

  constructor(
    seed: number,
    readonly intervalBytes: number,
  ) {
    this.random = mulberry32(seed);
  }

  site(name: string): Site {
    const known = this.sites.get(name) ?? new Site(name, this);
    this.sites.set(name, known);
    return known;
  }

  isSampled(bytes: number): boolean {
    return this.samples && this.random() < 1 - Math.exp(-bytes / this.intervalBytes);
  }

  beginSampling(): void {
    this.samples = true;
  }
}

/** What is done in a tenth of a second, in which so many requests are answered. */
export type Work = (tick: { readonly second: number; readonly requests: number }) => void;

export interface Plan {
  readonly seed: number;
  readonly seconds: number;
  readonly intervalKilobytes?: number;
  /** At a second. */
  readonly requestsPerSecond?: (second: number) => number;
  /** What is held before the sampler begins, and what is done after. */
  readonly program: (heap: Heap) => Work;
}

/** The looks as agent/allocations/held-pace.ts makes them, each of which costs nothing. */
export function heldTurn({
  seed,
  seconds,
  intervalKilobytes = 128,
  requestsPerSecond,
  program,
}: Plan): HeldTurn {
  const heap = new Heap(seed, intervalKilobytes * KILOBYTE);
  const work = program(heap);
  heap.beginSampling();
  const pace = new HeldPace(0);
  const looks: HeldLook[] = [];
  let [operations, seen, lookedAt] = [0, 0, 0];
  for (let tick = 0; tick < seconds * TICKS_PER_SECOND; tick++) {
    const second = tick / TICKS_PER_SECOND;
    const requests = Math.round((requestsPerSecond?.(second) ?? 0) / TICKS_PER_SECOND);
    operations += requests;
    work({ second, requests });
    if ((second - lookedAt) * 1000 < pace.milliseconds) continue;
    pace.looked((second - lookedAt) * 1000, 0);
    lookedAt = second;
    looks.push(lookAt(heap, { second, operations, seen }));
    seen = heap.ordinal;
  }
  return { from: { atMicroseconds: 0, operations: 0 }, looks };
}

function lookAt(
  heap: Heap,
  { second, operations, seen }: { second: number; operations: number; seen: number },
): HeldLook {
  const sites = [...heap.sites.values()].map(({ name, live }) => {
    const ordinals = [...live].map(({ ordinal }) => ordinal).filter(ordinal => ordinal > 0);
    const fresh = ordinals.filter(ordinal => ordinal > seen).length;
    return [name, { bytes: ordinals.length * heap.intervalBytes, objects: ordinals.length, fresh }] as const;
  });
  return {
    ...{ atMicroseconds: second * 1e6, operations, floorBytes: heap.bytes },
    objects: sites.reduce((sum, [, { objects }]) => sum + objects, 0),
    sites: new Map(sites.filter(([, { objects }]) => objects > 0)),
  };
}
