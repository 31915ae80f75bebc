/**
 * The keys of one kind of JSON object, as bytes: `"name":`. Objects of a kind mostly repeat one order of keys, so the
 * search for a key starts behind the one found last: in the usual case one comparison.
 */
export class KeySet {
  readonly patterns: readonly Uint8Array[];
  /** Index of the key that is tried first. */
  expected = 0;

  /** `names` are ASCII, best in their usual order; a key is known by its index. */
  constructor(names: readonly string[]) {
    this.patterns = names.map(name => Uint8Array.from(`"${name}":`, character => character.charCodeAt(0)));
  }
}
