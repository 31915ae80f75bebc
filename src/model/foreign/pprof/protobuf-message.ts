/** Reads protocol buffers' wire format: https://protobuf.dev/programming-guides/encoding/ */

const VARINT = 0;
const DELIMITED = 2;
/** Bytes by wire type. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
const LONGEST_VARINT = 10;
/** As many bytes always fit 53 bits. */
const EXACT_VARINT = 7;
const HIGHEST_FIELD = 0x1f_ff_ff_ff;

/** The message breaks off (`isStarved`: more bytes may help), or holds what is no field. */
export class DamagedMessage extends Error {
  constructor(readonly isStarved: boolean) {
    super('damaged message');
  }
}

/** One message, field by field; all methods throw `DamagedMessage`. */
export class ProtobufMessage {
  field = 0;
  at: number;
  #wire = 0;

  constructor(
    readonly bytes: Uint8Array,
    start = 0,
    readonly end = bytes.length,
  ) {
    this.at = start;
  }

  get isDelimited(): boolean {
    return this.#wire === DELIMITED;
  }

  /** Goes to the next field; false behind the last one. The field before has to be read or skipped first. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.number();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    const isKnown = this.#wire === VARINT || this.isDelimited || FIXED[this.#wire] !== undefined;
    if (!isKnown || this.field < 1 || this.field > HIGHEST_FIELD) throw new DamagedMessage(false);
    return true;
  }

  /** A varint as a signed 64-bit number; what has more than 53 bits is not exact. */
  number(): number {
    const { bytes, end, at: start } = this;
    let value = 0;
    let scale = 1;
    for (let count = 0; count < LONGEST_VARINT; count++) {
      if (this.at >= end) throw new DamagedMessage(true);
      const byte = bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value < 2 ** 63 ? value : Number(BigInt.asIntN(64, this.#bigAt(start)));
      scale *= 0x80;
    }
    throw new DamagedMessage(false);
  }

  /** The number of a field that holds one; of any other field 0. */
  value(): number {
    if (this.#wire === VARINT) return this.number();
    this.skip();
    return 0;
  }

  /** An id: any 64 bits. Those that a number cannot tell apart are big integers. */
  id(): number | bigint {
    const start = this.at;
    const value = this.value();
    return this.at - start <= EXACT_VARINT ? value : this.#bigAt(start);
  }

  #bigAt(start: number): bigint {
    let value = 0n;
    for (let at = this.at - 1; at >= start; at--) value = (value << 7n) | BigInt(this.bytes[at]! & 0x7f);
    return BigInt.asUintN(64, value);
  }

  /** The message in a delimited field. */
  message(): ProtobufMessage {
    if (!this.isDelimited) throw new DamagedMessage(false);
    const length = this.number();
    const start = this.at;
    if (length < 0 || start + length > this.end) throw new DamagedMessage(true);
    this.at += length;
    return new ProtobufMessage(this.bytes, start, this.at);
  }

  /** The bytes of a delimited field. */
  content(): Uint8Array {
    const { bytes, at, end } = this.message();
    return bytes.subarray(at, end);
  }

  /** Calls `read` for each number of a repeated field: packed, or one of many fields. */
  numbers(read: (message: ProtobufMessage) => void): void {
    if (!this.isDelimited) return read(this);
    const packed = this.message();
    while (packed.at < packed.end) read(packed);
  }

  skip(): void {
    if (this.#wire === VARINT) this.number();
    else if (this.isDelimited) this.message();
    else {
      const length = FIXED[this.#wire] ?? 0;
      if (this.at + length > this.end) throw new DamagedMessage(true);
      this.at += length;
    }
  }
}
