import { notReadable } from '../layout.ts';
import { isSpace, type Section } from './section.ts';

const ZERO = 48;
const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;
/** More digits are no number that a double holds. */
const MOST_DIGITS = 16;

const enum State {
  beforeArray,
  beforeFirst,
  inNumber,
  behindNumber,
  beforeNumber,
}

/**
 * An array of numbers, so many per record. Byte by byte here; a subclass may read whole records that look as V8 writes
 * them in `readPlain`, as long as there are enough bytes for the longest one.
 */
export abstract class NumberSection implements Section {
  done = false;
  /** Of the record that is being read. */
  protected readonly values: Float64Array;
  #state: State = State.beforeArray;
  #field = 0;
  #value = 0;
  #digits = 0;

  constructor(
    readonly name: string,
    fields: number,
  ) {
    this.values = new Float64Array(fields);
  }

  /** A record is complete. */
  protected abstract commit(values: Float64Array): void;

  /** The array has ended. */
  protected abstract complete(): void;

  /** Reads records from the first digit of one; answers where the first record begins that it does not read. */
  protected readPlain(_bytes: Uint8Array, at: number): number {
    return at;
  }

  protected broken(what: string): never {
    throw notReadable(`its section "${this.name}" is damaged: ${what}`);
  }

  read(bytes: Uint8Array, from: number): number {
    let at = from;
    let plain = -1;
    while (at < bytes.length && !this.done) {
      const isBetween = this.#field === 0 && this.#state === State.beforeNumber;
      if (isBetween && plain !== at) at = plain = this.readPlain(bytes, at);
      if (at < bytes.length) this.#step(bytes[at++]!);
    }
    return at;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case State.inNumber:
        this.#inNumber(byte);
        return;
      case State.behindNumber:
        this.#behindNumber(byte);
        return;
      case State.beforeArray:
        if (byte === OPEN) this.#state = State.beforeFirst;
        else if (!isSpace(byte)) this.broken('it is no list');
        return;
      case State.beforeFirst:
        if (byte === CLOSE) this.#end();
        else this.#beforeNumber(byte);
        return;
      case State.beforeNumber:
        this.#beforeNumber(byte);
        return;
      default:
        this.#state satisfies never;
    }
  }

  #beforeNumber(byte: number): void {
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      this.#value = digit;
      this.#digits = 1;
      this.#state = State.inNumber;
    } else if (!isSpace(byte)) this.broken('a number is missing');
  }

  #inNumber(byte: number): void {
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      this.#value = 10 * this.#value + digit;
      if (++this.#digits > MOST_DIGITS) this.broken('a number is too large');
      return;
    }
    this.values[this.#field++] = this.#value;
    this.#state = State.behindNumber;
    if (this.#field === this.values.length) {
      this.#field = 0;
      this.commit(this.values);
    }
    this.#behindNumber(byte);
  }

  #behindNumber(byte: number): void {
    if (byte === COMMA) this.#state = State.beforeNumber;
    else if (byte === CLOSE) this.#end();
    else if (!isSpace(byte)) this.broken('it holds something other than numbers');
  }

  #end(): void {
    if (this.#field !== 0) this.broken('its last entry is not complete');
    this.done = true;
    this.complete();
  }
}
