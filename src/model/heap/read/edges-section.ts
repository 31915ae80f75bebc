import { EDGE_KIND_SHIFT, isIndexed } from '../kinds.ts';
import { LARGE } from '../graph.ts';
import { NO_KIND, type SnapshotLayout } from '../layout.ts';
import { firstCapacity, grown, nextCapacity } from './capacity.ts';
import { NumberSection } from './number-section.ts';

const PLAIN_DIGITS = 9;
/** `1,999999999,999999999\n,` and a byte behind it. */
const LONGEST_PLAIN = 26;

/** The section `edges`. */
export class EdgesSection extends NumberSection {
  edges: Int32Array;
  names: Uint32Array;
  count = 0;
  /** Of edges that have a text for a name. */
  highestName = 0;
  readonly #layout: SnapshotLayout;
  #capacity: number;

  constructor(layout: SnapshotLayout, isCertain: boolean) {
    super('edges', layout.edges.fields);
    this.#layout = layout;
    const capacity = (this.#capacity = firstCapacity(layout.edgeCount, isCertain));
    this.edges = new Int32Array(capacity);
    this.names = new Uint32Array(capacity);
  }

  protected override commit(values: Float64Array): void {
    const { edges: layout, nodes, nodeCount, edgeCount } = this.#layout;
    const edge = this.count;
    if (edge === edgeCount) this.broken(`it holds more than the ${edgeCount} references that it names`);
    if (edge === this.#capacity) this.#grow();
    const kind = layout.kinds[values[layout.type]!] ?? NO_KIND;
    if (kind === NO_KIND) this.broken(`reference ${edge} is of an unknown type`);
    const to = values[layout.toNode]! / nodes.fields;
    if (!Number.isInteger(to) || to >= nodeCount) this.broken(`reference ${edge} leads to no object`);
    this.edges[edge] = (kind << EDGE_KIND_SHIFT) | to;
    this.names[edge] = this.#nameOf(values[layout.nameOrIndex]!, kind);
    this.count++;
  }

  #nameOf(name: number, kind: number): number {
    if (isIndexed(kind)) return Math.min(name, LARGE);
    if (name >= LARGE) this.broken('the name of a reference does not exist');
    if (name > this.highestName) this.highestName = name;
    return name;
  }

  #grow(): void {
    const capacity = (this.#capacity = nextCapacity(this.#capacity, this.#layout.edgeCount));
    this.edges = grown(new Int32Array(capacity), this.edges);
    this.names = grown(new Uint32Array(capacity), this.names);
  }

  protected override complete(): void {
    const { edgeCount } = this.#layout;
    if (this.count !== edgeCount) this.broken(`it holds ${this.count} of ${edgeCount} references`);
  }

  /** As of nodes: `type,name_or_index,to_node`, the type one digit. */
  protected override readPlain(bytes: Uint8Array, from: number): number {
    const { edges: layout, nodes, nodeCount, edgeCount } = this.#layout;
    if (!layout.isPlain) return from;
    if (this.count === this.#capacity && this.count < edgeCount) this.#grow();
    const { edges, names } = this;
    const fields = nodes.fields;
    const inverse = 1 / fields;
    const bits = new Int32Array(10);
    const ceilings = new Int32Array(10);
    for (let type = 0; type < 10; type++) {
      const kind = layout.kinds[type]!;
      bits[type] = kind === NO_KIND ? -1 : kind << EDGE_KIND_SHIFT;
      ceilings[type] = kind !== NO_KIND && isIndexed(kind) ? 0 : -1;
    }
    const end = bytes.length - LONGEST_PLAIN;
    const last = Math.min(edgeCount, this.#capacity);
    let highestName = this.highestName;
    let edge = this.count;
    let start = from;
    while (start < end && edge < last) {
      const type = bytes[start]! ^ 48;
      let odd = bytes[start + 1]! ^ 44;
      if (type > 9 || odd !== 0) break;
      let at = start + 2;
      let digit = 0;
      let begin = at;

      let name = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        name = (10 * name + digit) | 0;
        at++;
      }
      odd = bytes[at]! ^ 44;
      if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
      begin = ++at;

      let target = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        target = (10 * target + digit) | 0;
        at++;
      }
      if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
      if (bytes[at] === 10) at++;
      const to = (target * inverse + 0.5) | 0;
      const kind = bits[type]!;
      odd |= bytes[at]! ^ 44;
      if (odd !== 0 || kind === -1 || Math.imul(to, fields) !== target || to >= nodeCount) break;

      edges[edge] = kind | to;
      names[edge] = name;
      const text = name & ceilings[type]!;
      if (text > highestName) highestName = text;
      edge++;
      start = at + 1;
    }
    this.count = edge;
    this.highestName = highestName;
    return start;
  }
}
