/** Columns of numbers whose length is not known before they are read: appended to, doubled when full. */

const FIRST_CAPACITY = 1024;

/** Ids, counts and indices are 0 … 2³¹-1; any other number is kept as -1. */
export function toIndex(value: number): number {
  return value >= 0 && value <= 0x7f_ff_ff_ff ? value : -1;
}

export class IndexColumn {
  length = 0;
  /** With room behind the last value. */
  values = new Int32Array(FIRST_CAPACITY);

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(2 * this.length);
    this.values[this.length++] = value >= 0 && value <= 0x7f_ff_ff_ff ? value : -1;
  }

  /** Appends one index until there are `length` values. */
  fill(index: number, length: number): void {
    if (length > this.values.length) this.reserve(2 * length);
    const values = this.values;
    for (let at = this.length; at < length; at++) values[at] = index;
    this.length = Math.max(this.length, length);
  }

  reserve(capacity: number): void {
    if (capacity > this.values.length) this.values = enlarge(new Int32Array(capacity), this.values);
  }

  /** Appends the first `count` of `values`, which are indices. */
  append(values: Int32Array, count: number): void {
    if (this.length + count > this.values.length) this.reserve(2 * (this.length + count));
    this.values.set(values.subarray(0, count), this.length);
    this.length += count;
  }

  /** The values so far, not copied. */
  view(): Int32Array {
    return this.values.subarray(0, this.length);
  }
}

/** Times in microseconds. */
export class TimeColumn {
  length = 0;
  #values = new Float64Array(FIRST_CAPACITY);

  reserve(capacity: number): void {
    if (capacity > this.#values.length) this.#values = enlarge(new Float64Array(capacity), this.#values);
  }

  /** The first `length` values, not copied: to be added to. New ones are 0. */
  upTo(length: number): Float64Array {
    if (length > this.#values.length) this.reserve(Math.max(length, 2 * this.#values.length));
    this.length = Math.max(this.length, length);
    return this.#values.subarray(0, length);
  }

  /** The values so far, not copied. */
  view(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

/** Moments in microseconds where deltas are appended: each is the time since the moment before. */
export class MomentColumn {
  length = 0;
  /** Whether a moment may lie before another one that came earlier. */
  isShuffled = false;
  #values = new Float64Array(FIRST_CAPACITY);
  #last = 0;

  /** What the first delta counts from; 0 unless told. To be called before there are any. */
  begin(at: number): void {
    this.#last = at;
  }

  /** A delta that is no number (NaN) counts as 0. */
  push(delta: number): void {
    if (this.length === this.#values.length) this.reserve(2 * this.length);
    if (delta < 0) this.isShuffled = true;
    this.#last += delta || 0;
    this.#values[this.length++] = this.#last;
  }

  reserve(capacity: number): void {
    if (capacity > this.#values.length) this.#values = enlarge(new Float64Array(capacity), this.#values);
  }

  /** Appends the first `count` of `deltas`, which are not negative. */
  append(deltas: Int32Array, count: number): void {
    if (this.length + count > this.#values.length) this.reserve(2 * (this.length + count));
    const values = this.#values;
    const start = this.length;
    let last = this.#last;
    for (let index = 0; index < count; index++) values[start + index] = last += deltas[index]!;
    this.#last = last;
    this.length += count;
  }

  /** The values so far, not copied. */
  view(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

function enlarge<T extends Int32Array | Float64Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
