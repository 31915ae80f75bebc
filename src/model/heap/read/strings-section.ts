import { notReadable } from '../layout.ts';
import { HeapStrings } from '../strings.ts';
import { UserError } from '../../../contracts/user-error.ts';
import { isSpace, type Section } from './section.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_END = 0x0a;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const FIRST_BYTES = 1 << 12;
const FIRST_STRINGS = 1 << 10;

const enum State {
  beforeArray,
  beforeFirst,
  inString,
  escaped,
  behindString,
  beforeString,
}

/** The section `strings`: its bytes are kept as they are, with the offset of each string. */
export class StringsSection implements Section {
  done = false;
  #state: State = State.beforeArray;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #starts = new Uint32Array(FIRST_STRINGS);
  #count = 0;

  /** `mostBytes`: what is left of the file, where that is known; the system gives room for it only as it is used. */
  constructor(mostBytes = FIRST_BYTES) {
    this.#bytes = new Uint8Array(mostBytes);
  }

  read(bytes: Uint8Array, from: number): number {
    const kept = this.#length - from;
    let at = from;
    while (at < bytes.length && !this.done) {
      if (this.#state === State.inString) at = this.#inString(bytes, at, kept);
      else this.#step(bytes[at]!, kept + ++at);
    }
    this.#keep(from === 0 && at === bytes.length ? bytes : bytes.subarray(from, at));
    return at;
  }

  finish(): HeapStrings {
    return new HeapStrings(this.#bytes.subarray(0, this.#length), this.#starts, this.#count);
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > 0xff_ff_ff_ff)
      throw new UserError('heap-snapshot-too-big', { objects: 'texts of 4 GB', needs: '8 GB and more' });
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** Until behind its quote; and through all strings behind it that follow upon a comma and nothing else. */
  #inString(bytes: Uint8Array, from: number, kept: number): number {
    const last = bytes.length - 4;
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (at >= last || bytes[at + 1] !== COMMA) break;
        const next = bytes[at + 2] === LINE_END ? at + 3 : at + 2;
        if (bytes[next] !== QUOTE) break;
        this.#begin(kept + next + 1);
        at = next;
      } else if (byte === BACKSLASH && ++at === bytes.length) this.#state = State.escaped;
    }
    if (at >= bytes.length) return bytes.length;
    this.#state = State.behindString;
    return at + 1;
  }

  #begin(start: number): void {
    if (this.#count === this.#starts.length) {
      const larger = new Uint32Array(2 * this.#count);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[this.#count++] = start;
  }

  /** `next`: the offset behind the byte in what is kept. */
  #step(byte: number, next: number): void {
    switch (this.#state) {
      case State.escaped:
        this.#state = State.inString;
        return;
      case State.behindString:
        if (byte === COMMA) this.#state = State.beforeString;
        else if (byte === CLOSE) this.done = true;
        else if (!isSpace(byte)) broken();
        return;
      case State.beforeFirst:
        if (byte === CLOSE) this.done = true;
        else this.#beforeString(byte, next);
        return;
      case State.beforeString:
        this.#beforeString(byte, next);
        return;
      case State.beforeArray:
        if (byte === OPEN) this.#state = State.beforeFirst;
        else if (!isSpace(byte)) broken();
        return;
      case State.inString:
        return;
      default:
        this.#state satisfies never;
    }
  }

  #beforeString(byte: number, next: number): void {
    if (byte === QUOTE) {
      this.#begin(next);
      this.#state = State.inString;
    } else if (!isSpace(byte)) broken();
  }
}

function broken(): never {
  throw notReadable('its section "strings" is damaged: it holds something other than texts');
}
