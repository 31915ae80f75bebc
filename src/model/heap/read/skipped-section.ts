import { notReadable } from '../layout.ts';
import { isSpace, type Section } from './section.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;
const MOST_KEPT = 1 << 20;

/** Any JSON value. Only its brackets and texts are looked at, however deep it is nested; its text may be kept. */
export class SkippedSection implements Section {
  done = false;
  readonly #kept: number[] | undefined;
  #depth = 0;
  #hasBegun = false;
  #isInString = false;
  #isEscaped = false;

  constructor({ keepsText = false } = {}) {
    this.#kept = keepsText ? [] : undefined;
  }

  /** Where it was asked for. */
  get text(): string {
    return new TextDecoder().decode(Uint8Array.from(this.#kept ?? []));
  }

  read(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && !this.done) {
      const byte = bytes[at]!;
      if (this.#isInString) this.#inString(byte);
      else if (this.#depth === 0 && this.#hasBegun && endsPlain(byte)) {
        this.done = true;
        return at;
      } else this.#outside(byte);
      if (this.#kept && this.#kept.push(byte) > MOST_KEPT)
        throw notReadable('its description of itself ("snapshot") is too long');
      at++;
    }
    return at;
  }

  #inString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) {
      this.#isInString = false;
      this.done = this.#depth === 0;
    }
  }

  #outside(byte: number): void {
    if (isSpace(byte)) return;
    this.#hasBegun = true;
    if (byte === QUOTE) this.#isInString = true;
    else if (isOpening(byte)) this.#depth++;
    else if (isClosing(byte)) {
      if (this.#depth === 0) throw notReadable('one of its sections is damaged');
      this.done = --this.#depth === 0;
    }
  }
}

/** What stands behind a number, true, false or null. */
const endsPlain = (byte: number): boolean => byte === COMMA || isClosing(byte) || isSpace(byte);
