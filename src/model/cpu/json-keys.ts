/** A few bytes of ASCII, four of them at least, to be compared four at a time. The last word may overlap the one before. */
export class BytePattern {
  readonly length: number;
  readonly first: number;
  readonly #words: Int32Array;

  constructor(text: string) {
    const bytes = new DataView(Uint8Array.from(text, character => character.charCodeAt(0)).buffer);
    this.length = text.length;
    this.first = text.charCodeAt(0);
    this.#words = Int32Array.from({ length: Math.ceil(text.length / 4) }, (_, word) =>
      bytes.getInt32(Math.min(4 * word, text.length - 4)),
    );
  }

  /** Whether these bytes stand at `at`; `view` has as many. */
  standsAt(view: DataView, at: number): boolean {
    const words = this.#words;
    const last = words.length - 1;
    for (let word = 0; word < last; word++) {
      if (view.getInt32(at + 4 * word) !== words[word]) return false;
    }
    return view.getInt32(at + this.length - 4) === words[last];
  }
}

/**
 * The keys of one kind of JSON object. Objects of a kind mostly repeat one order of keys, so the search for a key
 * starts behind the one found last: in the usual case one comparison.
 */
export class KeySet {
  /** `name":`, as it stands behind the opening quote without white space. */
  readonly patterns: readonly BytePattern[];
  /** Index of the key that is tried first. */
  expected = 0;
  readonly #names: readonly string[];

  /** `names` are ASCII, best in their usual order; a key is known by its index. */
  constructor(names: readonly string[]) {
    this.#names = names;
    this.patterns = names.map(name => new BytePattern(`${name}":`));
  }

  /** Index of the key with this name, -1 if it is none of these. */
  indexOf(name: Uint8Array): number {
    return this.#names.indexOf(String.fromCharCode(...name.subarray(0, 64)));
  }
}
