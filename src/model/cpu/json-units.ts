import type { JsonCursor } from './json-cursor.ts';

/**
 * Reads JSON that comes in chunks, cut anywhere, unit by unit: a member, a node, a batch of numbers. A unit that is cut
 * off is read again from its beginning when more is there.
 */
export class JsonUnits {
  readonly #cursor: JsonCursor;
  readonly #readUnit: () => boolean;
  readonly #refusal: (reason: string) => Error;
  /** What is too short is tried again when twice as much is there: linear, however small the chunks. */
  #enough = 0;

  /** `readUnit` answers false when there is none any more; `refusal` is thrown for what is no JSON. */
  constructor(cursor: JsonCursor, readUnit: () => boolean, refusal: (reason: string) => Error) {
    this.#cursor = cursor;
    this.#readUnit = readUnit;
    this.#refusal = refusal;
  }

  push(chunk: Uint8Array): void {
    this.#cursor.append(chunk);
    if (this.#cursor.pending >= this.#enough) this.read();
  }

  /** Reads all that is there, also what comes last. */
  read(): void {
    const cursor = this.#cursor;
    while (this.#readUnit()) {
      if (cursor.broken) break;
      cursor.commit();
    }
    if (!cursor.broken) return;
    if (!cursor.starved) throw this.#refusal(`it is not valid JSON at byte ${cursor.offset}`);
    cursor.rewind();
    this.#enough = 2 * cursor.pending;
  }
}
