import type { LocationLayout, SnapshotLayout } from '../layout.ts';
import { HeapPlaces } from '../places.ts';
import { NumberSection } from './number-section.ts';

const PLAIN_DIGITS = 9;

/** The section `locations`. */
export class LocationsSection extends NumberSection {
  readonly places = new HeapPlaces();
  /** By node: its place + 1, or 0. */
  readonly ofNodes: Int32Array;
  readonly #layout: SnapshotLayout;
  readonly #location: LocationLayout;

  constructor(layout: SnapshotLayout, location: LocationLayout) {
    super('locations', location.fields);
    this.#layout = layout;
    this.#location = location;
    this.ofNodes = new Int32Array(layout.nodeCount);
  }

  protected override commit(values: Float64Array): void {
    const { objectIndex, scriptId, line, column } = this.#location;
    const node = values[objectIndex]! / this.#layout.nodes.fields;
    if (!Number.isInteger(node) || node >= this.#layout.nodeCount) this.broken('a place is of no object');
    const place = this.places.add(values[scriptId]! >>> 0, values[line]! >>> 0, values[column]! >>> 0);
    this.ofNodes[node] = place + 1;
  }

  protected override complete(): void {
    // All of them are optional.
  }

  /** Numbers of up to 9 digits with a comma or a line end and a comma behind each. */
  protected override readPlain(bytes: Uint8Array, from: number): number {
    const { values } = this;
    const fields = values.length;
    const end = bytes.length - fields * (PLAIN_DIGITS + 2);
    let start = from;
    while (start < end) {
      let at = start;
      let field = 0;
      for (; field < fields; field++) {
        const begin = at;
        let value = 0;
        let digit = 0;
        while ((digit = bytes[at]! ^ 48) < 10) {
          value = (10 * value + digit) | 0;
          at++;
        }
        if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
        if (bytes[at] === 10) at++;
        if (bytes[at++] !== 44) break;
        values[field] = value;
      }
      if (field < fields) return start;
      this.commit(values);
      start = at;
    }
    return start;
  }
}
