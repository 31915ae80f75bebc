/** Protocol buffers' wire format, as far as pprof needs it: https://protobuf.dev/programming-guides/encoding/ */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const LONGEST_VARINT = 10;
const LOW_BITS = 0x80;

export class ProtobufWriter {
  #bytes = new Uint8Array(1 << 12);
  #length = 0;
  readonly #utf8 = new TextEncoder();

  get length(): number {
    return this.#length;
  }

  /** 0 is the default, and not written. `value` is a whole number, 0 … 2⁵³-1. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.#varint((field << 3) | VARINT);
    this.#varint(value);
  }

  text(field: number, text: string): void {
    this.bytes(field, this.#utf8.encode(text));
  }

  bytes(field: number, bytes: Uint8Array): void {
    this.#varint((field << 3) | LENGTH_DELIMITED);
    this.#varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What `message` holds, as a field; it is empty then. */
  message(field: number, message: ProtobufWriter): void {
    this.bytes(field, message.#bytes.subarray(0, message.#length));
    message.#length = 0;
  }

  /** Numbers of one field in a row, as pprof writes them: packed. Zeros count. */
  packed(field: number, values: Iterable<number>, scratch: ProtobufWriter): void {
    for (const value of values) scratch.#varint(value);
    this.message(field, scratch);
  }

  /** What has been written so far; the writer is empty then. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #varint(value: number): void {
    this.#reserve(LONGEST_VARINT);
    let rest = value;
    while (rest >= LOW_BITS) {
      this.#bytes[this.#length++] = (rest % LOW_BITS) + LOW_BITS;
      rest = Math.floor(rest / LOW_BITS);
    }
    this.#bytes[this.#length++] = rest;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
