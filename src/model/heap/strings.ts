/** The strings of a snapshot as the bytes of the file; a text is made when somebody asks for it. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export class HeapStrings {
  /** Where each string begins in `bytes`, behind its quote. */
  readonly starts: Uint32Array;
  readonly count: number;
  /** The section of the file, from its first string to its end. */
  readonly bytes: Uint8Array;
  readonly #decoder = new TextDecoder();

  constructor(bytes: Uint8Array, starts: Uint32Array, count: number) {
    this.bytes = bytes;
    this.starts = starts;
    this.count = count;
  }

  /** The string of that index; what is no string of JSON stays as it stands in the file. Untrusted. */
  text(index: number): string {
    const start = this.starts[index];
    if (start === undefined || index >= this.count) return '';
    const raw = this.#decoder.decode(this.bytes.subarray(start, this.end(start)));
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return raw;
    }
  }

  /** Where the string that begins at `start` ends. */
  end(start: number): number {
    const { bytes } = this;
    let at = start;
    while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    return Math.min(at, bytes.length);
  }

  /** Index of a text of plain characters, -1 if there is none. */
  indexOf(text: string): number {
    const wanted = new TextEncoder().encode(text);
    const { bytes, starts, count } = this;
    for (let index = 0; index < count; index++)
      if (bytes[starts[index]! + wanted.length] === QUOTE && holds(bytes, starts[index]!, wanted))
        return index;
    return -1;
  }
}

function holds(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}
