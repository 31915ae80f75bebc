import type { CallTree } from './call-tree.ts';
import { frameKind } from './frame-kind.ts';
import { FrameSet } from './frame-set.ts';
import { TimeColumn } from './growing-column.ts';
import { PairTable } from './pair-table.ts';
import type { CpuProfile } from './profile.ts';
import { allRows, orderRows, pick, sortWithin } from './row-order.ts';

/**
 * The call tree of one thread from all its segments. A sample lasts until the next one, the last until the segment's
 * end; what a segment has before the end of the one before it is dropped. The self time of a node within a segment
 * spreads over its lines as its position ticks do.
 */
export function threadTree(segments: readonly CpuProfile[]): CallTree {
  const builder = new CallTreeBuilder();
  for (const segment of segments.toSorted((a, b) => a.startTime - b.startTime)) builder.add(segment);
  return builder.tree();
}

/** Adds up segments one by one, in the order of their times, so that only one of them need be in memory. */
export class CallTreeBuilder {
  readonly #frames = new FrameSet();
  /** (parent, frame) of each node. */
  readonly #nodes = new PairTable();
  readonly #self = new TimeColumn();
  readonly #samples = new TimeColumn();
  /** (node, line) of each line row. */
  readonly #lines = new PairTable();
  readonly #lineTime = new TimeColumn();
  #end = Number.NEGATIVE_INFINITY;

  constructor() {
    this.#nodes.intern(-1, 0);
  }

  add(segment: CpuProfile): void {
    const node = this.#mergeNodes(segment);
    const { self, samples } = weighNodes(segment, this.#end);
    addTo(this.#self.upTo(this.#nodes.count), node, self);
    addTo(this.#samples.upTo(this.#nodes.count), node, samples);
    this.#spreadOverLines(segment, node, self);
    this.#end = Math.max(this.#end, segment.endTime);
  }

  /** Node of the tree, by node of the segment. */
  #mergeNodes({ frames, nodeCount, frame, parent }: CpuProfile): Int32Array {
    const treeFrame = this.#frames.internAll(frames);
    const node = new Int32Array(nodeCount);
    this.#nodes.reserve(nodeCount);
    if (frameKind(frames[frame[0]!]!) !== 'root') node[0] = this.#nodes.intern(0, treeFrame[frame[0]!]!);
    for (let index = 1; index < nodeCount; index++) {
      node[index] = this.#nodes.intern(node[parent[index]!]!, treeFrame[frame[index]!]!);
    }
    return node;
  }

  #spreadOverLines(
    { tickNode, tickLine, tickCount }: CpuProfile,
    node: Int32Array,
    self: Float64Array,
  ): void {
    const ticks = new Float64Array(self.length);
    for (let row = 0; row < tickNode.length; row++) ticks[tickNode[row]!]! += tickCount[row]!;
    this.#lines.reserve(tickNode.length);
    const time = this.#lineTime.upTo(this.#lines.count + tickNode.length);
    for (let row = 0; row < tickNode.length; row++) {
      const index = tickNode[row]!;
      if (self[index]! > 0) {
        time[this.#lines.intern(node[index]!, tickLine[row]!)]! +=
          (self[index]! * tickCount[row]!) / ticks[index]!;
      }
    }
  }

  /** The tree so far. */
  tree(): CallTree {
    const nodeCount = this.#nodes.count;
    const rows = this.#orderedLines();
    return {
      frames: [...this.#frames.frames],
      nodeCount,
      parent: this.#nodes.first().slice(),
      frame: this.#nodes.second().slice(),
      self: this.#self.upTo(nodeCount).slice(),
      samples: this.#samples.upTo(nodeCount).slice(),
      lineNode: pick(this.#lines.first(), rows, new Int32Array(rows.length)),
      lineNumber: pick(this.#lines.second(), rows, new Int32Array(rows.length)),
      lineMicroseconds: pick(this.#lineTime.upTo(rows.length), rows, new Float64Array(rows.length)),
    };
  }

  /** Rows of `#lines` by node, then line. */
  #orderedLines(): Int32Array {
    const rows = orderRows(allRows(this.#lines.count), this.#lines.first(), this.#nodes.count);
    sortWithin(rows, this.#lines.first(), this.#lines.second());
    return rows;
  }
}

function addTo(sums: Float64Array, index: Int32Array, values: Float64Array | Int32Array): void {
  for (let each = 0; each < values.length; each++) sums[index[each]!]! += values[each]!;
}

/** Microseconds and samples by node of the segment, as far as they lie behind `from`. */
function weighNodes(segment: CpuProfile, from: number): { self: Float64Array; samples: Int32Array } {
  const { sampleNode, sampleTime, nodeCount, endTime } = segment;
  const self = new Float64Array(nodeCount);
  const samples = new Int32Array(nodeCount);
  const last = sampleNode.length - 1;
  for (let sample = 0; sample <= last; sample++) {
    const node = sampleNode[sample]!;
    const start = sampleTime[sample]!;
    const end = sample < last ? sampleTime[sample + 1]! : endTime;
    if (start >= from) {
      self[node]! += end - start;
      samples[node]!++;
    } else if (end > from) self[node]! += end - from;
  }
  return { self, samples };
}
