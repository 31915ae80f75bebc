const FIRST_CAPACITY = 1024;

/** A column of 32-bit integers that grows at its end; `values` beyond `length` are garbage. */
export class Column {
  values = new Int32Array(FIRST_CAPACITY);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** The values so far in an array of exactly their length. */
  toArray(): Int32Array {
    return this.values.slice(0, this.length);
  }
}
