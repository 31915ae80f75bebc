import type { Holdings } from './stores.ts';

const FIRST_CAPACITY = 1 << 10;
/** V8's ids begin with 1. */
const FREE = 0;

/** Holdings by object id, outside of V8's heap: 16 bytes each, and as much room again. */
export class HoldingsTable {
  #count = 0;
  /** Open addressing. */
  #ids = new Uint32Array(FIRST_CAPACITY);
  #references = new Uint32Array(FIRST_CAPACITY);
  #bytes = new Float64Array(FIRST_CAPACITY);

  get(id: number): Holdings | undefined {
    const slot = this.#slot(id);
    if (id === FREE || this.#ids[slot] !== id) return undefined;
    return { references: this.#references[slot]!, bytes: this.#bytes[slot]! };
  }

  /** Ids of 2^32 and more are left out: nothing is known of them later. */
  set(id: number, { references, bytes }: Holdings): void {
    if (id === FREE || id > 0xff_ff_ff_ff) return;
    if (2 * this.#count >= this.#ids.length) this.#grow();
    const slot = this.#slot(id);
    if (this.#ids[slot] === FREE) this.#count++;
    this.#ids[slot] = id;
    this.#references[slot] = references;
    this.#bytes[slot] = bytes;
  }

  #slot(id: number): number {
    const mask = this.#ids.length - 1;
    let slot = (Math.imul(id, 0x9e_37_79_b1) >>> 8) & mask;
    while (this.#ids[slot] !== FREE && this.#ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [ids, references, bytes] = [this.#ids, this.#references, this.#bytes];
    this.#ids = new Uint32Array(2 * ids.length);
    this.#references = new Uint32Array(2 * ids.length);
    this.#bytes = new Float64Array(2 * ids.length);
    this.#count = 0;
    for (const [at, id] of ids.entries())
      if (id !== FREE) this.set(id, { references: references[at]!, bytes: bytes[at]! });
  }
}
