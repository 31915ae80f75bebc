/**
 * The slices of all operations of a thread, the newest ones, in one ring of columns. Slices are numbered from 1 in the
 * order of their beginning; number n lies at n modulo the capacity.
 *
 *   number        1        2        3        4
 *   start         10.0     14.5     15.1     30.2      float64, microseconds of CLOCK_MONOTONIC
 *   end           14.5     15.0     22.0     (open)    float64
 *   back          0        0        2        2         uint32: how many slices ago the operation had its last one; 0: it had none
 *   cause         0        3        1        1         uint8: how it came to begin, 0 unknown; see causes.ts
 *   ready         0        0.8      0.2      0         float32: microseconds it could have run before, see ready.ts
 *   atMost        0        0.8      0.9      0         float32: perhaps so long
 *   operation     A        B        A        B         (not stored: an operation knows its newest slice, and each the one before)
 */
export const SLICE_CAPACITY = 2 ** 18;

/** A slice that goes on after so little is the same one: between a callback and its microtasks or ticks. */
const SHORTEST_GAP_MICROSECONDS = 10;

/** What the ring keeps at each operation. */
interface Sliced {
  lastSlice: number;
}

export interface Slices {
  /** Absolute start and length in turns, ascending. */
  readonly times: readonly number[];
  /** By slice. */
  readonly causes: readonly number[];
  /** By slice: microseconds. */
  readonly ready: readonly number[];
  readonly atMost: readonly number[];
  /** Earlier ones were overwritten, or are more than were asked for. */
  readonly isCut: boolean;
}

export class SliceRing {
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  private readonly backs: Uint32Array;
  private readonly causes: Uint8Array;
  private readonly ready: Float32Array;
  private readonly atMost: Float32Array;
  private newest = 0;

  constructor(private readonly capacity = SLICE_CAPACITY) {
    // Pages that are never written to take no memory.
    this.starts = new Float64Array(capacity);
    this.ends = new Float64Array(capacity);
    this.backs = new Uint32Array(capacity);
    this.causes = new Uint8Array(capacity);
    this.ready = new Float32Array(capacity);
    this.atMost = new Float32Array(capacity);
  }

  /** Answers whether a new slice has begun, and not the last one gone on. */
  open(operation: Sliced, at: number): boolean {
    const last = this.newest % this.capacity;
    if (this.newest > 0 && operation.lastSlice === this.newest)
      if (at - (this.ends[last] as number) < SHORTEST_GAP_MICROSECONDS) return false;
    const number = ++this.newest;
    const index = number % this.capacity;
    this.starts[index] = at;
    this.ends[index] = at;
    this.causes[index] = 0;
    this.ready[index] = 0;
    this.atMost[index] = 0;
    this.backs[index] = operation.lastSlice === 0 ? 0 : number - operation.lastSlice;
    operation.lastSlice = number;
    return true;
  }

  /** Begin of the newest slice. */
  get since(): number {
    return this.starts[this.newest % this.capacity] as number;
  }

  /** Of the newest slice. */
  because(cause: number, ready: number, atMost: number): void {
    const index = this.newest % this.capacity;
    this.causes[index] = cause;
    this.ready[index] = ready;
    this.atMost[index] = atMost;
  }

  /** Ends the newest slice. */
  close(at: number): void {
    this.ends[this.newest % this.capacity] = at;
  }

  /** The newest slices of an operation, as far as they are there. */
  of({ lastSlice }: Sliced, most: number): Slices {
    const times: number[] = [];
    const causes: number[] = [];
    const ready: number[] = [];
    const atMost: number[] = [];
    let number = lastSlice;
    while (number > 0 && causes.length < most && this.newest - number < this.capacity) {
      const index = number % this.capacity;
      const start = this.starts[index] as number;
      times.push((this.ends[index] as number) - start, start);
      causes.push(this.causes[index] as number);
      ready.push(this.ready[index] as number);
      atMost.push(this.atMost[index] as number);
      const back = this.backs[index] as number;
      number = back === 0 ? 0 : number - back;
    }
    return {
      times: times.reverse(),
      causes: causes.reverse(),
      ready: ready.reverse(),
      atMost: atMost.reverse(),
      isCut: number > 0,
    };
  }
}
