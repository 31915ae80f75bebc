import { UserError } from '../../contracts/user-error.ts';
import type { CallTree } from '../cpu/call-tree.ts';
import { TimeColumn } from '../cpu/growing-column.ts';
import { PairTable } from '../cpu/pair-table.ts';
import type { Frame } from '../cpu/profile.ts';
import { allRows, orderRows, pick, sortWithin } from '../cpu/row-order.ts';

/** A tree of so many nodes takes half a gigabyte. A real one of two hours has a tenth of them. */
const MOST_NODES = 1 << 23;

/** Makes a call tree of stacks, one path of frames one node. Frames are numbers ≥ 0; node 0 is the root. */
export class TreeBuilder {
  /** (parent, frame) of each node. */
  readonly #nodes = new PairTable();
  readonly #self = new TimeColumn();
  readonly #samples = new TimeColumn();
  /** (node, line) of each row. */
  readonly #lines = new PairTable();
  readonly #lineSelf = new TimeColumn();
  #isWeighed = false;

  constructor() {
    this.#nodes.intern(-1, 0);
  }

  /** The node of `frame` below `parent`. Throws `profile-too-big`. */
  child(parent: number, frame: number): number {
    const node = this.#nodes.intern(parent, frame);
    if (node > MOST_NODES)
      throw new UserError('profile-too-big', { reason: `more than ${MOST_NODES} different call paths` });
    return node;
  }

  frameOf(node: number): number {
    return this.#nodes.secondOf(node);
  }

  /** Whether anything below the root has a weight. */
  get isWeighed(): boolean {
    return this.#isWeighed;
  }

  add(node: number, self: number, samples: number): void {
    if (node > 0 && self > 0) this.#isWeighed = true;
    this.#self.upTo(this.#nodes.count)[node]! += self;
    this.#samples.upTo(this.#nodes.count)[node]! += samples;
  }

  /** Part of the self of a node, by line. */
  addLine(node: number, line: number, self: number): void {
    const row = this.#lines.intern(node, line);
    this.#lineSelf.upTo(this.#lines.count)[row]! += self;
  }

  /** `frames` are by what `frameAt` makes of the numbers of frames; the first is the root's. */
  tree(frames: readonly Frame[], frameAt: (frame: number) => number): CallTree {
    const { count } = this.#nodes;
    const [lineNode, lineNumber] = [this.#lines.first(), this.#lines.second()];
    const rows = orderRows(allRows(lineNode.length), lineNode, count);
    sortWithin(rows, lineNode, lineNumber);
    return {
      frames,
      nodeCount: count,
      parent: this.#nodes.first().slice(),
      frame: this.#nodes.second().map((frame, node) => (node === 0 ? 0 : frameAt(frame))),
      self: this.#self.upTo(count).slice(),
      samples: this.#samples.upTo(count).slice(),
      lineNode: pick(lineNode, rows, new Int32Array(rows.length)),
      lineNumber: pick(lineNumber, rows, new Int32Array(rows.length)),
      lineMicroseconds: pick(this.#lineSelf.upTo(rows.length), rows, new Float64Array(rows.length)),
    };
  }
}
