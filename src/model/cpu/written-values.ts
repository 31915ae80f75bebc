/**
 * JSON values that occur again and again, told apart by their bytes and parsed once, all together.
 *
 *    bytes    {…},{…},{…},…   each value with a comma behind it
 *    ends     offset of each value's comma
 *    slots    open addressing hash table of value indices, -1 = free, at most half full
 */
const COMMA = 0x2c;
const FIRST_SLOTS = 1 << 10;
const BLOCK_BYTES = 1 << 16;

export class WrittenValues {
  count = 0;
  #bytes = new Uint8Array(1 << 14);
  /** The same bytes, to be compared four at a time. */
  #view = new DataView(this.#bytes.buffer);
  #ends = new Int32Array(FIRST_SLOTS);
  #hashes = new Int32Array(FIRST_SLOTS);
  #slots = new Int32Array(FIRST_SLOTS).fill(-1);

  /** Index of the value in the bytes `start` … `end`-1 of `source`, -1 if it has not been added. */
  find(source: DataView, start: number, end: number): number {
    return this.#slots[this.#slotOf(hash(source, start, end), source, start, end)]!;
  }

  /** Index of that value, added if it is new. */
  add(source: DataView, start: number, end: number): number {
    const hashed = hash(source, start, end);
    const slot = this.#slotOf(hashed, source, start, end);
    if (this.#slots[slot]! >= 0) return this.#slots[slot]!;
    const value = this.count++;
    this.#slots[slot] = value;
    this.#hashes[value] = hashed;
    this.#append(value, new Uint8Array(source.buffer, start, end - start));
    if (2 * this.count >= this.#slots.length) this.#rehash();
    return value;
  }

  /** Where the value is, or where it has to be put. */
  #slotOf(hashed: number, source: DataView, start: number, end: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashed & mask;
    for (let value = slots[slot]!; value >= 0; value = slots[slot]!) {
      if (this.#hashes[value] === hashed && this.#holds(value, source, start, end)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #startOf(value: number): number {
    return value === 0 ? 0 : this.#ends[value - 1]! + 1;
  }

  #holds(value: number, source: DataView, start: number, end: number): boolean {
    const view = this.#view;
    let at = this.#startOf(value);
    if (this.#ends[value]! - at !== end - start) return false;
    let index = start;
    for (; index <= end - 4; index += 4, at += 4) {
      if (source.getInt32(index) !== view.getInt32(at)) return false;
    }
    for (; index < end; index++, at++) {
      if (source.getUint8(index) !== view.getUint8(at)) return false;
    }
    return true;
  }

  #append(value: number, bytes: Uint8Array): void {
    const start = this.#startOf(value);
    const end = start + bytes.length;
    if (end >= this.#bytes.length) {
      this.#bytes = enlarge(this.#bytes, new Uint8Array(2 * (end + 1)));
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(bytes, start);
    this.#bytes[end] = COMMA;
    this.#ends[value] = end;
  }

  #rehash(): void {
    const size = 2 * this.#slots.length;
    const slots = new Int32Array(size).fill(-1);
    for (let value = 0; value < this.count; value++) {
      let slot = this.#hashes[value]! & (size - 1);
      while (slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
      slots[slot] = value;
    }
    this.#slots = slots;
    this.#ends = enlarge(this.#ends, new Int32Array(size));
    this.#hashes = enlarge(this.#hashes, new Int32Array(size));
  }

  /**
   * All values, by index, as `convert` makes them. Throws a SyntaxError if one is not JSON; malformed UTF-8 becomes
   * U+FFFD. In small blocks: what is parsed is garbage at once, and never much of it.
   */
  parse<T>(convert: (value: unknown) => T): T[] {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const values: T[] = [];
    while (values.length < this.count) {
      const start = this.#startOf(values.length);
      let last = values.length;
      while (last + 1 < this.count && this.#ends[last + 1]! - start <= BLOCK_BYTES) last++;
      const block: unknown[] = JSON.parse(
        `[${decoder.decode(this.#bytes.subarray(start, this.#ends[last]))}]`,
      );
      for (const value of block) values.push(convert(value));
    }
    return values;
  }
}

function enlarge<T extends Uint8Array | Int32Array>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}

/** So many bytes at the end of a value, where call frames have their line and column, are all mixed. */
const TAIL_BYTES = 44;

/**
 * Mixes four bytes at a time as MurmurHash3 does, https://github.com/aappleby/smhasher (public domain); of what stands
 * before the tail only every other four.
 */
function hash(source: DataView, start: number, end: number): number {
  let mixed = end - start;
  let at = start;
  for (; at < end - TAIL_BYTES; at += 8) {
    mixed = Math.imul(mixed ^ source.getInt32(at), 0x1b873593);
    mixed ^= mixed >>> 15;
  }
  for (; at <= end - 4; at += 4) {
    mixed = Math.imul(mixed ^ source.getInt32(at), 0x1b873593);
    mixed ^= mixed >>> 15;
  }
  for (; at < end; at++) mixed = Math.imul(mixed ^ source.getUint8(at), 0xcc9e2d51);
  return mixed ^ (mixed >>> 15);
}
