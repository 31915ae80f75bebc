import { idOf, type HeapGraph } from '../graph.ts';
import { EdgeKind, edgeKind, INESSENTIAL, OWNED_BIT, TO_MASK } from '../kinds.ts';
import { weakMapTable } from '../weak-map-table.ts';

/** Columns of a length that a later step uses for something else. */
export interface Scratch {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** A walk over all nodes. A node's number is its turn in it; -1 stands for none. */
export interface DepthFirst {
  /** By number: the node. */
  readonly order: Int32Array;
  /** By node: its number. */
  readonly numbers: Int32Array;
  /** By number: the number that it was reached from. */
  readonly parents: Int32Array;
  /** Nodes that are reached from the root; the others are orphans, which hang at the root. */
  readonly reached: number;
  /** By node: how many essential edges lead to it; with room for one more. */
  readonly incoming: Int32Array;
  readonly essentialEdges: number;
}

/**
 * Visits nodes depth first over essential edges, and marks the other edges `INESSENTIAL` as it comes by. Orphans follow as
 * Chrome DevTools has them: first those that nothing essential leads to, each with what it reaches, then each of the rest.
 */
export function depthFirst(graph: HeapGraph, scratch: Scratch): DepthFirst {
  const walk = new Walk(graph, scratch);
  walk.from(graph.root, 0);
  const reached = walk.count;
  if (reached < graph.nodeCount) walk.orphans();
  const { order, numbers, parents, incoming, essentialEdges } = walk;
  return { order, numbers, parents, reached, incoming, essentialEdges };
}

class Walk {
  readonly order: Int32Array;
  readonly numbers: Int32Array;
  readonly parents: Int32Array;
  readonly incoming: Int32Array;
  essentialEdges = 0;
  count = 0;
  readonly #graph: HeapGraph;
  readonly #stack: Int32Array;
  /** By depth: the edge that is looked at next. */
  readonly #next: Int32Array;
  /** Orphans whose edges have been told apart before they are visited. */
  #marked: Uint8Array | undefined;

  constructor(graph: HeapGraph, scratch: Scratch) {
    const { nodeCount } = graph;
    this.#graph = graph;
    this.#stack = scratch.first;
    this.#next = scratch.second;
    this.order = new Int32Array(nodeCount);
    this.numbers = new Int32Array(nodeCount).fill(-1);
    this.parents = new Int32Array(nodeCount);
    this.incoming = new Int32Array(nodeCount + 1);
  }

  from(start: number, parent: number): void {
    const { firstEdges, edges } = this.#graph;
    const { order, numbers, parents } = this;
    const stack = this.#stack;
    const next = this.#next;
    this.#visit(start, parent);
    this.#mark(start);
    let count = this.count;
    let node = start;
    let depth = 0;
    let at = firstEdges[start]!;
    let end = firstEdges[start + 1]!;
    for (;;) {
      let found = -1;
      while (at < end) {
        const edge = edges[at++]!;
        if (edge < 0) continue;
        const to = edge & TO_MASK;
        if (numbers[to]! >= 0) continue;
        parents[count] = numbers[node]!;
        order[count] = to;
        numbers[to] = count++;
        if (firstEdges[to] !== firstEdges[to + 1]) {
          found = to;
          break;
        }
      }
      if (found >= 0) {
        stack[depth] = node;
        next[depth++] = at;
        node = found;
        this.#mark(node);
        at = firstEdges[node]!;
        end = firstEdges[node + 1]!;
      } else if (depth > 0) {
        node = stack[--depth]!;
        at = next[depth]!;
        end = firstEdges[node + 1]!;
      } else break;
    }
    this.count = count;
  }

  orphans(): void {
    const { nodeCount } = this.#graph;
    const { numbers, incoming } = this;
    const unreached = this.#unreached();
    // What leads to them has to be known before one can say that nothing does.
    for (const node of unreached) this.#mark(node);
    const isMarked = new Uint8Array(nodeCount);
    for (const node of unreached) isMarked[node] = 1;
    this.#marked = isMarked;
    for (const node of unreached) if (numbers[node]! < 0 && incoming[node] === 0) this.from(node, 0);
    for (const node of unreached) if (numbers[node]! < 0) this.#visit(node, 0);
  }

  #unreached(): Int32Array {
    const nodes = new Int32Array(this.#graph.nodeCount - this.count);
    let length = 0;
    for (let node = 0; node < this.numbers.length; node++)
      if (this.numbers[node]! < 0) nodes[length++] = node;
    return nodes;
  }

  #visit(node: number, parent: number): void {
    this.parents[this.count] = parent;
    this.order[this.count] = node;
    this.numbers[node] = this.count++;
  }

  /** Tells the essential edges of a node from the others, and counts them where they lead to. */
  #mark(node: number): void {
    if (this.#marked?.[node] === 1) return;
    const graph = this.#graph;
    const { kinds, firstEdges, edges } = graph;
    const { incoming } = this;
    const isRoot = node === graph.root;
    const isForeign = kinds[node]! < OWNED_BIT && !isRoot;
    let essential = 0;
    for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
      const edge = edges[at]!;
      const kind = edgeKind(edge);
      const to = edge & TO_MASK;
      const isInessential =
        kind === EdgeKind.weak ||
        to === node ||
        (kind === EdgeKind.shortcut && !isRoot) ||
        (isForeign && kinds[to]! >= OWNED_BIT) ||
        (kind === EdgeKind.internal && this.#isOfTable(node, at));
      if (isInessential) edges[at] = edge | INESSENTIAL;
      else {
        incoming[to]!++;
        essential++;
      }
    }
    this.essentialEdges += essential;
  }

  /** Of the two edges to the value of a WeakMap the one from its table: the key alone says enough. */
  #isOfTable(node: number, edge: number): boolean {
    const { strings, edgeNames } = this.#graph;
    const name = edgeNames[edge]!;
    const digit = strings.bytes[strings.starts[name]!]!;
    if (digit < 48 || digit > 57) return false;
    return weakMapTable(strings, name) === idOf(this.#graph, node);
  }
}
