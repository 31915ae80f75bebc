/** Where the functions of closures and the constructors of objects stand: each distinct place has a number. */

export interface HeapPlace {
  /** V8's id of the script. */
  readonly scriptId: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

const FIRST_CAPACITY = 1 << 6;

/** Places in the order in which they came. */
export class HeapPlaces {
  count = 0;
  /** Of each place script, line and column, 0-based as in the file. */
  #triples = new Uint32Array(3 * FIRST_CAPACITY);
  /** Open addressing: place + 1, or 0 where it is free. */
  #slots = new Int32Array(4 * FIRST_CAPACITY);

  scriptId(place: number): number {
    return this.#triples[3 * place]!;
  }

  at(place: number): HeapPlace {
    return {
      scriptId: this.scriptId(place),
      line: this.#triples[3 * place + 1]! + 1,
      column: this.#triples[3 * place + 2]! + 1,
    };
  }

  /** The number of a place, a new one if need be; line and column 0-based. */
  add(scriptId: number, line: number, column: number): number {
    const slot = this.#slot(scriptId, line, column);
    const found = this.#slots[slot]!;
    if (found !== 0) return found - 1;
    if (3 * (this.count + 1) > this.#triples.length) {
      const larger = new Uint32Array(2 * this.#triples.length);
      larger.set(this.#triples);
      this.#triples = larger;
    }
    this.#triples.set([scriptId, line, column], 3 * this.count);
    this.#slots[slot] = ++this.count;
    if (2 * this.count > this.#slots.length) this.#rehash();
    return this.count - 1;
  }

  #slot(scriptId: number, line: number, column: number): number {
    const slots = this.#slots;
    const triples = this.#triples;
    const mask = slots.length - 1;
    let slot = hash(scriptId, line, column) & mask;
    for (;;) {
      const at = 3 * (slots[slot]! - 1);
      if (at < 0) return slot;
      if (triples[at + 1] === line && triples[at + 2] === column && triples[at] === scriptId) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let place = 0; place < this.count; place++) {
      const [script = 0, line = 0, column = 0] = this.#triples.subarray(3 * place, 3 * place + 3);
      this.#slots[this.#slot(script, line, column)] = place + 1;
    }
  }
}

const hash = (scriptId: number, line: number, column: number): number => {
  const mixed = Math.imul(Math.imul(Math.imul(scriptId, 31) + line, 0x85_eb_ca_6b) + column, 0xc2_b2_ae_35);
  return mixed ^ (mixed >>> 15);
};
