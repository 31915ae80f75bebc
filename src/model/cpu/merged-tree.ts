import type { CallTree } from './call-tree.ts';
import { frameKind } from './frame-kind.ts';
import { FrameSet } from './frame-set.ts';
import { TimeColumn } from './growing-column.ts';
import { PairTable } from './pair-table.ts';
import { ROOT_FRAME } from './profile.ts';
import { allRows, orderRows, pick, sortWithin } from './row-order.ts';

const EMPTY_TREE: CallTree = {
  frames: [ROOT_FRAME],
  nodeCount: 1,
  parent: Int32Array.of(-1),
  frame: Int32Array.of(0),
  self: new Float64Array(1),
  samples: new Float64Array(1),
  lineNode: new Int32Array(0),
  lineNumber: new Int32Array(0),
  lineMicroseconds: new Float64Array(0),
};

/**
 * Adds up call trees: nodes with one path of frames are one node. Linear in the sizes of the trees. A single tree is
 * not looked into, so a big profile of one piece costs nothing here.
 */
export class MergedTree {
  readonly #frames = new FrameSet();
  /** (parent, frame) of each node. */
  readonly #nodes = new PairTable();
  readonly #self = new TimeColumn();
  readonly #samples = new TimeColumn();
  /** (node, line) of each line row. */
  readonly #lines = new PairTable();
  readonly #lineTime = new TimeColumn();
  /** The only tree so far; undefined as soon as the tables hold it. */
  #only: CallTree | undefined = EMPTY_TREE;

  add(tree: CallTree): void {
    if (this.#only === EMPTY_TREE && hasRoot(tree)) {
      this.#only = tree;
      return;
    }
    if (this.#only) this.#enter(this.#only);
    this.#only = undefined;
    this.#enter(tree);
  }

  #enter(tree: CallTree): void {
    const node = this.#enterNodes(tree);
    addTo(this.#self.upTo(this.#nodes.count), node, tree.self);
    addTo(this.#samples.upTo(this.#nodes.count), node, tree.samples);
    this.#lines.reserve(tree.lineNode.length);
    const time = this.#lineTime.upTo(this.#lines.count + tree.lineNode.length);
    for (let row = 0; row < tree.lineNode.length; row++) {
      const line = this.#lines.intern(node[tree.lineNode[row]!]!, tree.lineNumber[row]!);
      time[line]! += tree.lineMicroseconds[row]!;
    }
  }

  /** Node here, by node of `tree`. */
  #enterNodes(tree: CallTree): Int32Array {
    const { frames, nodeCount, parent, frame } = tree;
    const frameHere = this.#frames.internAll(frames);
    const node = new Int32Array(nodeCount);
    this.#nodes.reserve(nodeCount + 1);
    if (this.#nodes.count === 0) this.#nodes.intern(-1, this.#frames.root);
    if (!hasRoot(tree)) node[0] = this.#nodes.intern(0, frameHere[frame[0]!]!);
    for (let index = 1; index < nodeCount; index++) {
      node[index] = this.#nodes.intern(node[parent[index]!]!, frameHere[frame[index]!]!);
    }
    return node;
  }

  /** The sum of all trees so far. */
  tree(): CallTree {
    if (this.#only) return this.#only;
    const nodeCount = this.#nodes.count;
    const [lineNode, lineNumber] = [this.#lines.first(), this.#lines.second()];
    const rows = orderRows(allRows(lineNode.length), lineNode, nodeCount);
    sortWithin(rows, lineNode, lineNumber);
    return {
      frames: [...this.#frames.frames],
      nodeCount,
      parent: this.#nodes.first().slice(),
      frame: this.#nodes.second().slice(),
      self: this.#self.upTo(nodeCount).slice(),
      samples: this.#samples.upTo(nodeCount).slice(),
      lineNode: pick(lineNode, rows, new Int32Array(rows.length)),
      lineNumber: pick(lineNumber, rows, new Int32Array(rows.length)),
      lineMicroseconds: pick(this.#lineTime.view(), rows, new Float64Array(rows.length)),
    };
  }
}

const hasRoot = ({ frames, frame }: CallTree): boolean => frameKind(frames[frame[0]!]!) === 'root';

function addTo(sums: Float64Array, index: Int32Array, values: Float64Array): void {
  for (let each = 0; each < values.length; each++) sums[index[each]!]! += values[each]!;
}
