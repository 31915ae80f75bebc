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

/** Numbers of frames, nodes and lines: those of a tree and of all its siblings. */
interface Numbers {
  readonly frames: FrameSet;
  /** (parent, frame) of each node. */
  readonly nodes: PairTable;
  /** (node, line) of each line row. */
  readonly lines: PairTable;
}

interface Limits {
  readonly frames: number;
  readonly nodes: number;
}

/** What a segment and a tree have in common. */
type Nodes = Pick<CallTree, 'frames' | 'nodeCount' | 'parent' | 'frame'>;

/**
 * Adds up call trees: nodes with one path of frames are one node. Linear in the sizes of the trees. A single tree is
 * not looked into, so a big profile of one piece costs nothing here.
 */
export class MergedTree {
  readonly #frames: FrameSet;
  readonly #nodes: PairTable;
  readonly #lines: PairTable;
  readonly #self = new TimeColumn();
  readonly #samples = new TimeColumn();
  readonly #lineTime = new TimeColumn();
  /** The only tree so far; undefined as soon as the tables hold it. */
  #only: CallTree | undefined = EMPTY_TREE;

  /** Nodes that a sibling has: those that there were when it was made. */
  readonly #limits: Limits | undefined;

  private constructor({ frames, nodes, lines }: Numbers, limits?: Limits) {
    this.#frames = frames;
    this.#nodes = nodes;
    this.#lines = lines;
    this.#limits = limits;
  }

  static empty(): MergedTree {
    return new MergedTree({ frames: new FrameSet(), nodes: new PairTable(), lines: new PairTable() });
  }

  /** An empty one with the same nodes, to which parts of the same trees are added. */
  sibling(): MergedTree {
    if (this.#only) return MergedTree.empty();
    const limits = this.#limits ?? { frames: this.#frames.frames.length, nodes: this.#nodes.count };
    const sibling = new MergedTree({ frames: this.#frames, nodes: this.#nodes, lines: this.#lines }, limits);
    sibling.#only = undefined;
    return sibling;
  }

  add(tree: CallTree): void {
    if (this.#only === EMPTY_TREE && hasRoot(tree)) {
      this.#only = tree;
      return;
    }
    if (this.#only) this.#enter(this.#only);
    this.#only = undefined;
    this.#enter(tree);
  }

  /** Node here, by node of a tree (or of the segment it was made of) that has been added. */
  nodesOf(tree: Nodes): Int32Array {
    return this.#only ? allRows(tree.nodeCount) : this.#enterNodes(tree);
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

  #enterNodes(tree: Nodes): Int32Array {
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
    const { frames, nodes: nodeCount } = this.#limits ?? {
      frames: this.#frames.frames.length,
      nodes: this.#nodes.count,
    };
    const [lineNode, lineNumber] = [this.#lines.first(), this.#lines.second()];
    const time = this.#lineTime.upTo(lineNode.length);
    // A sibling has no time on most lines.
    const rows = orderRows(
      allRows(lineNode.length).filter(row => time[row]! > 0),
      lineNode,
      nodeCount,
    );
    sortWithin(rows, lineNode, lineNumber);
    return {
      frames: this.#frames.frames.slice(0, frames),
      nodeCount,
      parent: this.#nodes.first().slice(0, nodeCount),
      frame: this.#nodes.second().slice(0, nodeCount),
      self: this.#self.upTo(nodeCount).slice(),
      samples: this.#samples.upTo(nodeCount).slice(),
      lineNode: pick(lineNode, rows, new Int32Array(rows.length)),
      lineNumber: pick(lineNumber, rows, new Int32Array(rows.length)),
      lineMicroseconds: pick(time, rows, new Float64Array(rows.length)),
    };
  }
}

const hasRoot = ({ frames, frame }: Nodes): boolean => frameKind(frames[frame[0]!]!) === 'root';

function addTo(sums: Float64Array, index: Int32Array, values: Float64Array): void {
  for (let each = 0; each < values.length; each++) sums[index[each]!]! += values[each]!;
}
