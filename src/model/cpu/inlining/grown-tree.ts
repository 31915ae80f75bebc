/** A call tree that grows: time moves from lines of its nodes to nodes below them, made where they are missing. */
import type { CallTree } from '../call-tree.ts';
import { PairTable } from '../pair-table.ts';
import type { Frame } from '../profile.ts';

type LineColumns = Pick<CallTree, 'lineNode' | 'lineNumber' | 'lineMicroseconds'>;

/** Less is what rounding leaves of a line all of whose time went away. */
const LEAST_MICROSECONDS = 1e-6;

export class GrownTree {
  readonly #tree: CallTree;
  /** Time that stays, by line row of the tree. */
  readonly #left: Float64Array;
  /** Time and samples that came, by (node, line). */
  readonly #arrivals = new PairTable();
  readonly #time: number[] = [];
  readonly #samples: number[] = [];
  readonly #added: { readonly parent: number; readonly frame: number }[] = [];
  #children: { readonly pairs: PairTable; readonly node: number[] } | undefined;

  constructor(tree: CallTree) {
    this.#tree = tree;
    this.#left = tree.lineMicroseconds.slice();
  }

  /** Moves a share of a line row to the node that the path of frames below the row's node leads to. */
  move(row: number, path: readonly number[], share: number): void {
    const { lineNode, lineNumber, lineMicroseconds, self, samples } = this.#tree;
    const node = lineNode[row]!;
    const time = lineMicroseconds[row]! * share;
    if (time === 0) return;
    const target = path.reduce((parent, frame) => this.#child(parent, frame), node);
    const arrival = this.#arrivals.intern(target, lineNumber[row]!);
    this.#time[arrival] = (this.#time[arrival] ?? 0) + time;
    this.#samples[arrival] = (this.#samples[arrival] ?? 0) + (samples[node]! * time) / self[node]!;
    this.#left[row]! -= time;
  }

  /** The tree itself when nothing has moved. */
  build(frames: readonly Frame[]): CallTree {
    if (this.#arrivals.count === 0) return this.#tree;
    const { parent, frame } = this.#tree;
    return {
      frames,
      nodeCount: parent.length + this.#added.length,
      parent: extended(
        parent,
        Int32Array.from(this.#added, added => added.parent),
      ),
      frame: extended(
        frame,
        Int32Array.from(this.#added, added => added.frame),
      ),
      ...this.#selfColumns(),
      ...this.#lineColumns(),
    };
  }

  #child(parent: number, frame: number): number {
    this.#children ??= childrenOf(this.#tree);
    const { pairs, node } = this.#children;
    const pair = pairs.intern(parent, frame);
    if (pair === node.length) node.push(this.#tree.nodeCount + this.#added.push({ parent, frame }) - 1);
    return node[pair]!;
  }

  #selfColumns(): Pick<CallTree, 'self' | 'samples'> {
    const { lineNode, lineMicroseconds, self: selfBefore, samples: samplesBefore } = this.#tree;
    const none = new Float64Array(this.#added.length);
    const self = extended(selfBefore, none);
    const samples = extended(samplesBefore, none);
    for (let row = 0; row < lineNode.length; row++) {
      const gone = lineMicroseconds[row]! - this.#left[row]!;
      const node = lineNode[row]!;
      if (gone > 0) {
        // A rounding error must not become a negative time.
        self[node] = Math.max(0, self[node]! - gone);
        samples[node] = Math.max(0, samples[node]! - (samplesBefore[node]! * gone) / selfBefore[node]!);
      }
    }
    const target = this.#arrivals.first();
    for (let arrival = 0; arrival < target.length; arrival++) {
      self[target[arrival]!]! += this.#time[arrival]!;
      samples[target[arrival]!]! += this.#samples[arrival]!;
    }
    return { self, samples };
  }

  /** Merges what stayed with what came; both by node, then line. */
  #lineColumns(): LineColumns {
    const { lineNode, lineNumber } = this.#tree;
    const node = this.#arrivals.first();
    const line = this.#arrivals.second();
    const arrived = Array.from(node.keys()).sort((a, b) => node[a]! - node[b]! || line[a]! - line[b]!);
    const merged = new LineColumnsWriter(lineNode.length + arrived.length);
    let next = 0;
    for (const arrival of arrived) {
      while (
        next < lineNode.length &&
        isBefore(lineNode[next]!, lineNumber[next]!, node[arrival]!, line[arrival]!)
      )
        merged.add(lineNode[next]!, lineNumber[next]!, this.#left[next++]!);
      merged.add(node[arrival]!, line[arrival]!, this.#time[arrival]!);
    }
    for (; next < lineNode.length; next++) merged.add(lineNode[next]!, lineNumber[next]!, this.#left[next]!);
    return merged.columns();
  }
}

class LineColumnsWriter {
  readonly #node: Int32Array;
  readonly #line: Int32Array;
  readonly #time: Float64Array;
  #length = 0;

  constructor(capacity: number) {
    this.#node = new Int32Array(capacity);
    this.#line = new Int32Array(capacity);
    this.#time = new Float64Array(capacity);
  }

  /** Rows come in order; the same line of the same node may come twice. */
  add(node: number, line: number, time: number): void {
    if (time < LEAST_MICROSECONDS) return;
    const last = this.#length - 1;
    if (last >= 0 && this.#node[last] === node && this.#line[last] === line) {
      this.#time[last]! += time;
      return;
    }
    this.#node[this.#length] = node;
    this.#line[this.#length] = line;
    this.#time[this.#length++] = time;
  }

  columns(): LineColumns {
    return {
      lineNode: this.#node.slice(0, this.#length),
      lineNumber: this.#line.slice(0, this.#length),
      lineMicroseconds: this.#time.slice(0, this.#length),
    };
  }
}

/** Node by (parent, frame); the first one where a tree has several. */
function childrenOf({ nodeCount, parent, frame }: CallTree): { pairs: PairTable; node: number[] } {
  const pairs = new PairTable();
  pairs.reserve(nodeCount);
  const node: number[] = [];
  for (let index = 0; index < nodeCount; index++) {
    const pair = pairs.intern(parent[index]!, frame[index]!);
    if (pair === node.length) node.push(index);
  }
  return { pairs, node };
}

const isBefore = (node: number, line: number, otherNode: number, otherLine: number): boolean =>
  node < otherNode || (node === otherNode && line <= otherLine);

function extended<T extends Int32Array | Float64Array>(column: T, more: T): T {
  const Column = column.constructor as new (length: number) => T;
  const longer = new Column(column.length + more.length);
  longer.set(column);
  longer.set(more, column.length);
  return longer;
}
