const FIRST_SLOTS = 1 << 10;

/**
 * Numbers pairs of integers in the order in which they are first met: one dense index per distinct pair.
 *
 *    first, second   columns of the pairs, by index; first is ≥ -1, second ≥ 0
 *    slots           open addressing hash table of indices, -1 = free, at most three quarters full
 */
export class PairTable {
  count = 0;
  #first = new Int32Array(FIRST_SLOTS);
  #second = new Int32Array(FIRST_SLOTS);
  #slots = new Int32Array(FIRST_SLOTS).fill(-1);

  /** Index of the pair; a new one if it equals `count` before the call. */
  intern(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash(first, second) & mask;
    for (let pair = slots[slot]!; pair >= 0; pair = slots[slot]!) {
      if (this.#first[pair] === first && this.#second[pair] === second) return pair;
      slot = (slot + 1) & mask;
    }
    const pair = this.count++;
    slots[slot] = pair;
    this.#first[pair] = first;
    this.#second[pair] = second;
    if (this.count >= 0.75 * slots.length) this.#resize(2 * slots.length);
    return pair;
  }

  /** Makes room for so many more pairs. */
  reserve(additional: number): void {
    let size = this.#slots.length;
    while (this.count + additional >= 0.75 * size) size *= 2;
    if (size > this.#slots.length) this.#resize(size);
  }

  #resize(size: number): void {
    const first = new Int32Array(size);
    const second = new Int32Array(size);
    const slots = new Int32Array(size).fill(-1);
    first.set(this.#first);
    second.set(this.#second);
    for (let pair = 0; pair < this.count; pair++) {
      let slot = hash(first[pair]!, second[pair]!) & (size - 1);
      while (slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
      slots[slot] = pair;
    }
    this.#first = first;
    this.#second = second;
    this.#slots = slots;
  }

  /** Second member of one pair. */
  secondOf(pair: number): number {
    return this.#second[pair]!;
  }

  /** First members by index, not copied. */
  first(): Int32Array {
    return this.#first.subarray(0, this.count);
  }

  /** Second members by index, not copied. */
  second(): Int32Array {
    return this.#second.subarray(0, this.count);
  }
}

/** Multiplicative hashing with the golden ratio, Knuth, The Art of Computer Programming 3, 6.4. */
function hash(first: number, second: number): number {
  const mixed = Math.imul(Math.imul(first + 1, 0x9e3779b1) ^ second, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
