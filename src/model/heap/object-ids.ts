import { idOf, LARGE, type HeapGraph } from './graph.ts';

/** 2^15 ids to a page: 4 KB. */
const PAGE_BITS = 15;
const PAGE_WORDS = 1 << (PAGE_BITS - 5);
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/**
 * V8's ids of all objects of a snapshot: all that has to be kept of it to say later which objects are new. Ids of objects
 * are odd and dense, a bit for each; those of native nodes are even, made from addresses, and kept sorted.
 */
export class ObjectIds {
  readonly #pages: (Uint32Array | undefined)[] = [];
  readonly #even: Uint32Array;
  readonly #large = new Set<number>();
  readonly count: number;

  constructor(graph: HeapGraph) {
    this.count = graph.nodeCount;
    let evens = 0;
    for (let node = 0; node < graph.nodeCount; node++) if ((graph.ids[node]! & 1) === 0) evens++;
    const even = new Uint32Array(evens);
    let length = 0;
    for (let node = 0; node < graph.nodeCount; node++) {
      const id = graph.ids[node]!;
      if (id === LARGE) this.#large.add(idOf(graph, node));
      else if ((id & 1) === 0) even[length++] = id;
      else this.#addOdd(id);
    }
    this.#even = even.sort();
  }

  has(id: number): boolean {
    if (id >= LARGE) return this.#large.has(id);
    if ((id & 1) === 0) return isIn(this.#even, id);
    const half = id >>> 1;
    const page = this.#pages[half >>> PAGE_BITS];
    return page !== undefined && ((page[(half & PAGE_MASK) >>> 5]! >>> (half & 31)) & 1) === 1;
  }

  #addOdd(id: number): void {
    const half = id >>> 1;
    const page = (this.#pages[half >>> PAGE_BITS] ??= new Uint32Array(PAGE_WORDS));
    page[(half & PAGE_MASK) >>> 5]! |= 1 << (half & 31);
  }
}

function isIn(sorted: Uint32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
