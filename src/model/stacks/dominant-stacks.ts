import type { TimeSpan } from '../cpu/time-span.ts';
import type { PairTable } from '../cpu/pair-table.ts';

export interface Stretches {
  readonly stack: Int32Array;
  readonly duration: Float64Array;
}

/**
 * Cuts a span into buckets and finds the stack that is most of each: from the root always to the child that holds most
 * time, as long as it holds more than what ended in the node itself. Time that nobody has is the root's own.
 * Takes time as it comes, so that only one bucket is in memory.
 */
export class DominantStacks {
  readonly width: number;
  readonly #span: TimeSpan;
  readonly #buckets: number;
  /** (parent, function) by stack; more may come. */
  readonly #stacks: PairTable;
  readonly #stack: number[] = [];
  readonly #duration: number[] = [];
  #bucket = 0;
  /** Of the bucket: the stacks that have time of their own, and how much is nobody's. */
  #ended: number[] = [];
  #free: number;
  #columns = new Columns(0);

  constructor(span: TimeSpan, buckets: number, stacks: PairTable) {
    this.width = (span.to - span.from) / buckets;
    this.#span = span;
    this.#buckets = buckets;
    this.#stacks = stacks;
    this.#free = this.width;
  }

  /** A stretch of time behind all before; inside the span. */
  add(stack: number, from: number, to: number): void {
    let start = from;
    while (this.#bucket < this.#buckets - 1 && to > this.#border()) {
      const border = this.#border();
      if (border > start) this.#give(stack, border - start);
      start = Math.max(start, border);
      this.#close();
    }
    this.#give(stack, to - start);
  }

  finish(): Stretches {
    while (this.#bucket < this.#buckets) this.#close();
    return { stack: Int32Array.from(this.#stack), duration: Float64Array.from(this.#duration) };
  }

  /** Where the bucket ends. */
  #border(): number {
    return this.#span.from + (this.#bucket + 1) * this.width;
  }

  #give(stack: number, time: number): void {
    if (!(time > 0)) return;
    if (stack >= this.#columns.size) this.#columns = this.#columns.enlarged(this.#stacks.count);
    const { self } = this.#columns;
    if (self[stack] === 0) this.#ended.push(stack);
    self[stack]! += time;
    this.#free -= time;
  }

  #close(): void {
    const stack = this.#dominant();
    for (const each of this.#ended) this.#columns.self[each] = 0;
    this.#ended = [];
    this.#free = this.width;
    this.#bucket++;
    const last = this.#stack.length - 1;
    if (this.#stack[last] === stack) this.#duration[last]! += this.width;
    else {
      this.#stack.push(stack);
      this.#duration.push(this.width);
    }
  }

  #dominant(): number {
    const [only = 0] = this.#ended;
    const { self } = this.#columns;
    if (this.#ended.length === 0) return 0;
    if (this.#ended.length === 1) return self[only]! >= this.#free ? only : 0;
    return this.#heaviestWay();
  }

  #heaviestWay(): number {
    const parent = this.#stacks.first();
    const { self, total, best, isMet } = this.#columns;
    const met = this.#metStacks(parent);
    // Parents have smaller numbers: children are complete before they are added to them.
    for (let index = met.length - 1; index >= 0; index--) {
      const stack = met[index]!;
      const above = parent[stack]!;
      total[stack]! += self[stack]!;
      total[above]! += total[stack]!;
      if (best[above] === 0 || total[stack]! > total[best[above]!]!) best[above] = stack;
    }
    let way = 0;
    let own = this.#free;
    while (best[way] !== 0 && total[best[way]!]! > own) {
      way = best[way]!;
      own = self[way]!;
    }
    total[0] = best[0] = 0;
    for (let index = 0; index < met.length; index++) {
      const stack = met[index]!;
      total[stack] = best[stack] = isMet[stack] = 0;
    }
    return way;
  }

  /** The stacks that have ended in the bucket and all above them but the root, in the order of their numbers. */
  #metStacks(parent: Int32Array): Int32Array {
    const { isMet } = this.#columns;
    const met: number[] = [];
    for (const ended of this.#ended)
      for (let stack = ended; stack > 0 && isMet[stack] === 0; stack = parent[stack]!) {
        isMet[stack] = 1;
        met.push(stack);
      }
    return Int32Array.from(met).sort();
  }
}

/** By stack; all 0 between buckets but `self`. */
class Columns {
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** The child with most time; 0 for none. */
  readonly best: Int32Array;
  readonly isMet: Uint8Array;

  constructor(readonly size: number) {
    this.self = new Float64Array(size);
    this.total = new Float64Array(size);
    this.best = new Int32Array(size);
    this.isMet = new Uint8Array(size);
  }

  enlarged(size: number): Columns {
    const larger = new Columns(Math.max(size, 2 * this.size));
    larger.self.set(this.self);
    return larger;
  }
}
