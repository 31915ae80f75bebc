import { NO_KIND, type SnapshotLayout } from '../layout.ts';
import { LARGE } from '../graph.ts';
import { firstCapacity, grown, nextCapacity } from './capacity.ts';
import { NumberSection } from './number-section.ts';

/** Digits of a number that is read without a look at its size. */
const PLAIN_DIGITS = 9;

/** The section `nodes`. Checks all that can be checked without the other sections. */
export class NodesSection extends NumberSection {
  kinds: Uint8Array;
  names: Uint32Array;
  ids: Uint32Array;
  selfSizes: Uint32Array;
  firstEdges: Uint32Array;
  readonly largeIds = new Map<number, number>();
  readonly largeSizes = new Map<number, number>();
  readonly detached: number[] = [];
  count = 0;
  /** Of all nodes so far. */
  edgeCount = 0;
  highestName = 0;
  readonly #layout: SnapshotLayout;
  #capacity: number;

  constructor(layout: SnapshotLayout, isCertain: boolean) {
    super('nodes', layout.nodes.fields);
    this.#layout = layout;
    const capacity = (this.#capacity = firstCapacity(layout.nodeCount, isCertain));
    this.kinds = new Uint8Array(capacity);
    this.names = new Uint32Array(capacity);
    this.ids = new Uint32Array(capacity);
    this.selfSizes = new Uint32Array(capacity);
    this.firstEdges = new Uint32Array(capacity + 1);
  }

  protected override commit(values: Float64Array): void {
    const { nodes, nodeCount, edgeCount } = this.#layout;
    if (this.count === nodeCount) this.broken(`it holds more than the ${nodeCount} objects that it names`);
    if (this.count === this.#capacity) this.#grow();
    const node = this.count;
    const kind = nodes.kinds[values[nodes.type]!] ?? NO_KIND;
    if (kind === NO_KIND) this.broken(`object ${node} is of an unknown type`);
    this.kinds[node] = kind;
    this.names[node] = this.#nameOf(values[nodes.name]!, node);
    this.ids[node] = put(this.largeIds, node, values[nodes.id]!);
    this.selfSizes[node] = put(this.largeSizes, node, values[nodes.selfSize]!);
    this.firstEdges[node] = this.edgeCount;
    this.edgeCount += values[nodes.edgeCount]!;
    if (this.edgeCount > edgeCount) this.broken(`object ${node} has more references than there are`);
    if (nodes.detachedness >= 0 && (values[nodes.detachedness]! & 3) === 2) this.detached.push(node);
    this.count++;
  }

  #nameOf(name: number, node: number): number {
    if (name >= LARGE) this.broken(`the name of object ${node} does not exist`);
    if (name > this.highestName) this.highestName = name;
    return name;
  }

  #grow(): void {
    const capacity = (this.#capacity = nextCapacity(this.#capacity, this.#layout.nodeCount));
    this.kinds = grown(new Uint8Array(capacity), this.kinds);
    this.names = grown(new Uint32Array(capacity), this.names);
    this.ids = grown(new Uint32Array(capacity), this.ids);
    this.selfSizes = grown(new Uint32Array(capacity), this.selfSizes);
    this.firstEdges = grown(new Uint32Array(capacity + 1), this.firstEdges);
  }

  protected override complete(): void {
    const { nodeCount, edgeCount } = this.#layout;
    if (this.count !== nodeCount) this.broken(`it holds ${this.count} of ${nodeCount} objects`);
    if (this.edgeCount !== edgeCount)
      this.broken(`its objects have ${this.edgeCount} references, not ${edgeCount} as it says`);
    this.firstEdges[nodeCount] = edgeCount;
  }

  /**
   * `type,name,id,self_size,edge_count[,…]`, each with 1 to 9 digits and a comma behind it, the last one a line end or a
   * comma. Stops before a record that is anything else: `commit` knows what to do with it.
   */
  protected override readPlain(bytes: Uint8Array, from: number): number {
    const { nodes, nodeCount, edgeCount } = this.#layout;
    if (!nodes.isPlain) return from;
    if (this.count === this.#capacity && this.count < nodeCount) this.#grow();
    const { kinds, names, ids, selfSizes, firstEdges } = this;
    const table = nodes.kinds;
    const more = nodes.fields - 5;
    const detachedness = nodes.detachedness - 5;
    const end = bytes.length - (nodes.fields + 1) * (PLAIN_DIGITS + 2);
    const last = Math.min(nodeCount, this.#capacity);
    let highestName = this.highestName;
    let edges = this.edgeCount;
    let node = this.count;
    let start = from;
    while (start < end && node < last) {
      let at = start;
      let digit = 0;
      let begin = at;

      let type = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        type = (10 * type + digit) | 0;
        at++;
      }
      let odd = (bytes[at]! ^ 44) | (((at - begin - 1) >>> 0) & ~1);
      begin = ++at;

      let name = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        name = (10 * name + digit) | 0;
        at++;
      }
      odd |= bytes[at]! ^ 44;
      if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
      begin = ++at;

      let id = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        id = (10 * id + digit) | 0;
        at++;
      }
      odd |= bytes[at]! ^ 44;
      if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
      begin = ++at;

      let size = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        size = (10 * size + digit) | 0;
        at++;
      }
      odd |= bytes[at]! ^ 44;
      if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
      begin = ++at;

      let count = 0;
      while ((digit = bytes[at]! ^ 48) < 10) {
        count = (10 * count + digit) | 0;
        at++;
      }
      if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;

      let isDetached = false;
      let field = 0;
      for (; field < more; field++) {
        odd |= bytes[at]! ^ 44;
        begin = ++at;
        let value = 0;
        while ((digit = bytes[at]! ^ 48) < 10) {
          value = (10 * value + digit) | 0;
          at++;
        }
        if ((at - begin - 1) >>> 0 >= PLAIN_DIGITS) break;
        if (value !== 0 && field === detachedness) isDetached = (value & 3) === 2;
      }
      if (bytes[at] === 10) at++;
      const kind = table[type & 255]!;
      if (odd !== 0 || field !== more || bytes[at] !== 44 || kind === NO_KIND || edges + count > edgeCount)
        break;

      kinds[node] = kind;
      names[node] = name;
      ids[node] = id;
      selfSizes[node] = size;
      firstEdges[node] = edges;
      edges = (edges + count) | 0;
      if (name > highestName) highestName = name;
      if (isDetached) this.detached.push(node);
      node++;
      start = at + 1;
    }
    this.count = node;
    this.edgeCount = edges;
    this.highestName = highestName;
    return start;
  }
}

function put(large: Map<number, number>, node: number, value: number): number {
  if (value < LARGE) return value;
  large.set(node, value);
  return LARGE;
}
