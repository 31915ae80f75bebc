import type { LocationLayout, SnapshotLayout } from '../layout.ts';
import { PlacesBuilder } from '../places.ts';
import { NumberSection } from './number-section.ts';

/** The section `locations`. */
export class LocationsSection extends NumberSection {
  readonly places = new PlacesBuilder();
  readonly #layout: SnapshotLayout;
  readonly #location: LocationLayout;

  constructor(layout: SnapshotLayout, location: LocationLayout) {
    super('locations', location.fields);
    this.#layout = layout;
    this.#location = location;
  }

  protected override commit(values: Float64Array): void {
    const { objectIndex, scriptId, line, column } = this.#location;
    const node = values[objectIndex]! / this.#layout.nodes.fields;
    if (!Number.isInteger(node) || node >= this.#layout.nodeCount) this.broken('a place is of no object');
    this.places.add(node, values[scriptId]! >>> 0, values[line]! >>> 0, values[column]! >>> 0);
  }

  protected override complete(): void {
    // All of them are optional.
  }
}
