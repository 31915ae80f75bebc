/** Where the functions of closures and the constructors of objects stand: by node a number of a place. */

export interface HeapPlace {
  /** V8's id of the script. */
  readonly scriptId: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Places in the order in which they came; nodes ascending. */
export class HeapPlaces {
  /** Nodes that have a place, ascending. */
  readonly nodes: Uint32Array;
  /** The place of each of them. */
  readonly placeOfNodes: Uint32Array;
  /** Of each place script, line and column, 0-based as in the file. */
  readonly #triples: Uint32Array;
  readonly count: number;

  constructor(nodes: Uint32Array, placeOfNodes: Uint32Array, triples: Uint32Array, count: number) {
    this.nodes = nodes;
    this.placeOfNodes = placeOfNodes;
    this.#triples = triples;
    this.count = count;
  }

  /** Number of the place of a node, -1 if it has none. */
  ofNode(node: number): number {
    const { nodes } = this;
    let low = 0;
    let high = nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (nodes[middle]! < node) low = middle + 1;
      else high = middle;
    }
    return nodes[low] === node ? this.placeOfNodes[low]! : -1;
  }

  scriptId(place: number): number {
    return this.#triples[3 * place]!;
  }

  at(place: number): HeapPlace {
    return {
      scriptId: this.scriptId(place),
      line: this.#triples[3 * place + 1]! + 1,
      column: this.#triples[3 * place + 2]! + 1,
    };
  }
}

const FIRST_CAPACITY = 1 << 6;

/** Takes locations one by one; each distinct place is kept once. */
export class PlacesBuilder {
  #nodes = new Uint32Array(FIRST_CAPACITY);
  #placeOfNodes = new Uint32Array(FIRST_CAPACITY);
  #length = 0;
  #isSorted = true;
  #triples = new Uint32Array(3 * FIRST_CAPACITY);
  #count = 0;
  /** Open addressing: place + 1, or 0 where it is free. */
  #slots = new Int32Array(4 * FIRST_CAPACITY);

  add(node: number, scriptId: number, line: number, column: number): void {
    if (this.#length === this.#nodes.length) {
      this.#nodes = doubled(this.#nodes);
      this.#placeOfNodes = doubled(this.#placeOfNodes);
    }
    if (this.#length > 0 && this.#nodes[this.#length - 1]! >= node) this.#isSorted = false;
    this.#nodes[this.#length] = node;
    this.#placeOfNodes[this.#length++] = this.#place(scriptId, line, column);
  }

  finish(): HeapPlaces {
    const nodes = this.#nodes.slice(0, this.#length);
    const places = this.#placeOfNodes.slice(0, this.#length);
    const [sortedNodes, sortedPlaces] = this.#isSorted ? [nodes, places] : sorted(nodes, places);
    return new HeapPlaces(sortedNodes, sortedPlaces, this.#triples.slice(0, 3 * this.#count), this.#count);
  }

  #place(scriptId: number, line: number, column: number): number {
    const slot = this.#slot(scriptId, line, column);
    const found = this.#slots[slot]!;
    if (found !== 0) return found - 1;
    if (3 * (this.#count + 1) > this.#triples.length) this.#triples = doubled(this.#triples);
    this.#triples.set([scriptId, line, column], 3 * this.#count);
    this.#slots[slot] = ++this.#count;
    if (4 * this.#count > 3 * this.#slots.length) this.#rehash();
    return this.#count - 1;
  }

  #slot(scriptId: number, line: number, column: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(scriptId, line, column) & mask;
    for (;;) {
      const at = 3 * (this.#slots[slot]! - 1);
      if (at < 0) return slot;
      const [script, row, position] = [this.#triples[at], this.#triples[at + 1], this.#triples[at + 2]];
      if (script === scriptId && row === line && position === column) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let place = 0; place < this.#count; place++) {
      const [script = 0, line = 0, column = 0] = this.#triples.subarray(3 * place, 3 * place + 3);
      this.#slots[this.#slot(script, line, column)] = place + 1;
    }
  }
}

const hash = (scriptId: number, line: number, column: number): number => {
  const mixed = Math.imul(Math.imul(Math.imul(scriptId, 31) + line, 0x85_eb_ca_6b) + column, 0xc2_b2_ae_35);
  return mixed ^ (mixed >>> 15);
};

function doubled(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * column.length);
  larger.set(column);
  return larger;
}

/** By node; of several places of one node the last. */
function sorted(nodes: Uint32Array, places: Uint32Array): [Uint32Array, Uint32Array] {
  const byNode = new Map<number, number>();
  for (let index = 0; index < nodes.length; index++) byNode.set(nodes[index]!, places[index]!);
  const ascending = Uint32Array.from(byNode.keys()).sort();
  return [ascending, ascending.map(node => byNode.get(node)!)];
}
