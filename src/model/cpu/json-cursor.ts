/**
 * Reads JSON from bytes that arrive in chunks, without building strings or objects.
 *
 * A caller reads one unit (say, one object of a list) and commits. When something unexpected stands at `at`,
 * `broken` is set, and `key`, `element` and `enter…` end every loop; if that place is the end, the cursor is
 * `starved`: it is rewound to `mark`, and the unit is read again when more has arrived.
 *
 * Each method first tries what V8 writes, JSON without white space, without a call: bytecode is slow until it is
 * compiled, and half of a small profile is read before that. `#other…` methods are the whole of JSON.
 * Lenient where it costs nothing: commas too many or too few, control characters and misspelt literals are read over.
 */
import { ByteWindow } from './byte-window.ts';
import type { KeySet } from './json-keys.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Returned by `key` behind the last member of an object, and when the cursor is broken. */
export const END_OF_OBJECT = -1;
const UNKNOWN_KEY = -2;

/** So many decimal digits always fit 31 bits. */
const FAST_DIGITS = 9;
/** No finite number needs more characters to be told from its neighbours; a longer fraction is cut. */
const NUMBER_CHARACTERS = 400;

export class JsonCursor extends ByteWindow {
  /** Skips white space and commas; the byte behind them, 0 at the end of what has arrived. */
  peek(): number {
    const bytes = this.bytes;
    let at = this.at;
    let byte = bytes[at]!;
    while (byte === COMMA || (byte <= SPACE && byte !== 0)) byte = bytes[++at]!;
    this.at = at;
    return byte;
  }

  skipSpace(): void {
    if (this.bytes[this.at]! <= SPACE) this.peek();
  }

  /** Skips bytes, as far as they have arrived. */
  skip(count: number): void {
    if (this.at + count > this.end) this.broken = true;
    this.at = Math.min(this.at + count, this.end);
  }

  /** Goes into an object. A value of another type is skipped: false. */
  enterObject(): boolean {
    if (this.bytes[this.at] !== OPEN_OBJECT) return this.#enterOther(OPEN_OBJECT);
    this.at++;
    return true;
  }

  /** Goes into a list. A value of another type is skipped: false. */
  enterList(): boolean {
    if (this.bytes[this.at] !== OPEN_LIST) return this.#enterOther(OPEN_LIST);
    this.at++;
    return true;
  }

  #enterOther(opening: number): boolean {
    const enters = this.peek() === opening;
    if (enters) this.at++;
    else this.skipValue();
    return enters;
  }

  /** Goes to the next element of a list; false behind the last one. */
  element(): boolean {
    const bytes = this.bytes;
    const at = bytes[this.at] === COMMA ? this.at + 1 : this.at;
    const byte = bytes[at]!;
    if (byte > COMMA && byte !== CLOSE_LIST && !this.broken) {
      this.at = at;
      return true;
    }
    return this.#otherElement();
  }

  #otherElement(): boolean {
    if (this.broken) return false;
    const byte = this.peek();
    if (byte === CLOSE_LIST) this.at++;
    else if (byte === 0) this.broken = true;
    else return true;
    return false;
  }

  /** Goes to the value of the next member whose key is in `keys`, skipping others; `END_OF_OBJECT` behind the last. */
  key(keys: KeySet): number {
    const bytes = this.bytes;
    const at = bytes[this.at] === COMMA ? this.at + 1 : this.at;
    if (this.broken) return END_OF_OBJECT;
    if (bytes[at] === CLOSE_OBJECT) {
      this.at = at + 1;
      keys.expected = 0;
      return END_OF_OBJECT;
    }
    if (bytes[at] === QUOTE) {
      const { patterns } = keys;
      const first = bytes[at + 1];
      let key = keys.expected;
      for (let tried = 0; tried < patterns.length; tried++) {
        const pattern = patterns[key]!;
        const next = key + 1 === patterns.length ? 0 : key + 1;
        if (pattern.first === first && pattern.standsAt(this.view, at + 1)) {
          keys.expected = next;
          this.at = at + 1 + pattern.length;
          return key;
        }
        key = next;
      }
    }
    return this.#otherKey(keys);
  }

  #otherKey(keys: KeySet): number {
    for (;;) {
      const key = this.#member(keys);
      if (this.broken) return END_OF_OBJECT;
      if (key !== UNKNOWN_KEY) return key;
      this.skipValue();
    }
  }

  #member(keys: KeySet): number {
    if (this.broken) return END_OF_OBJECT;
    const byte = this.peek();
    const start = this.at;
    if (byte === CLOSE_OBJECT) {
      this.at++;
      keys.expected = 0;
      return END_OF_OBJECT;
    }
    if (byte !== QUOTE) this.broken = true;
    else this.#skipString();
    const key = keys.indexOf(this.bytes.subarray(start + 1, this.at - 1));
    if (this.broken || this.peek() !== COLON) this.broken = true;
    else this.at++;
    return key === -1 ? UNKNOWN_KEY : key;
  }

  /** A number; NaN for a value of another type, which is skipped. Magnitudes end at 2⁵³-1, so that sums stay finite. */
  number(): number {
    const bytes = this.bytes;
    const start = this.at;
    let at = start;
    let value = 0;
    let byte = bytes[at]!;
    while (byte >= ZERO && byte <= NINE) {
      value = (Math.imul(value, 10) + byte - ZERO) | 0;
      byte = bytes[++at]!;
    }
    const ends = byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST;
    if (!ends || at === start || at - start > FAST_DIGITS) return this.#otherNumber();
    this.at = at;
    return value;
  }

  #otherNumber(): number {
    this.peek();
    const start = this.at;
    while (isNumberByte(this.bytes[this.at]!)) this.at++;
    if (this.at === start) {
      this.skipValue();
      return Number.NaN;
    }
    const digits = this.bytes.subarray(start, Math.min(this.at, start + NUMBER_CHARACTERS));
    const value = Number(String.fromCharCode(...digits));
    this.broken = this.starved || Number.isNaN(value);
    return Math.min(Math.max(value, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  }

  /**
   * Reads the numbers of a list that stand next, have few digits and a comma behind, into `batch`; each is a unit of
   * its own. Returns how many: fewer than fit where anything else stands.
   */
  plainNumbers(batch: Int32Array): number {
    const bytes = this.bytes;
    let at = bytes[this.at] === COMMA ? this.at + 1 : this.at;
    let count = 0;
    for (; count < batch.length; count++) {
      const start = at;
      let value = 0;
      let byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        value = (Math.imul(value, 10) + byte - ZERO) | 0;
        byte = bytes[++at]!;
      }
      if (byte !== COMMA || at === start || at - start > FAST_DIGITS) {
        at = start;
        break;
      }
      batch[count] = value;
      at++;
    }
    this.at = at;
    this.mark = at;
    return count;
  }

  /** Offset behind the closing brace that comes first, 0 if none has arrived; the cursor stays. */
  firstBrace(): number {
    const end = this.bytes.indexOf(CLOSE_OBJECT, this.at) + 1;
    return end <= this.end ? end : 0;
  }

  skipValue(): void {
    if (this.broken) return;
    const byte = this.peek();
    if (byte === QUOTE) this.#skipString();
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#skipNested();
    else this.#skipLiteral();
  }

  #skipString(): void {
    const bytes = this.bytes;
    const end = bytes.indexOf(QUOTE, this.at + 1);
    if (end > 0 && end < this.end && bytes[end - 1] !== BACKSLASH) this.at = end + 1;
    else this.#skipOtherString();
  }

  #skipOtherString(): void {
    const bytes = this.bytes;
    let at = this.at + 1;
    while (bytes[at] !== QUOTE && at < this.end) at += bytes[at] === BACKSLASH ? 2 : 1;
    this.broken = at >= this.end;
    this.at = Math.min(at + 1, this.end);
  }

  #skipNested(): void {
    const bytes = this.bytes;
    let at = this.at;
    let depth = 0;
    do {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.at = at;
        this.#skipString();
        at = this.at;
        continue;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
      else if (byte === 0) this.broken = true;
      at++;
    } while (depth > 0 && !this.broken);
    this.at = this.broken ? Math.min(at, this.end) : at;
  }

  #skipLiteral(): void {
    const start = this.at;
    while (isLiteralByte(this.bytes[this.at]!)) this.at++;
    this.broken = this.at === start || this.starved;
  }
}

function isNumberByte(byte: number): boolean {
  if (byte >= ZERO && byte <= NINE) return true;
  return byte === DOT || byte === MINUS || byte === PLUS || (byte | SPACE) === 0x65;
}

/** Letters, digits, signs: what `null`, `true` and numbers are made of. */
function isLiteralByte(byte: number): boolean {
  return isNumberByte(byte) || ((byte | SPACE) >= 0x61 && (byte | SPACE) <= 0x7a);
}
