import type { CallTree } from './call-tree.ts';
import { countSamples, NOBODY, visitCells } from './cells.ts';
import type { TimeSpan } from './time-span.ts';
import { lateAfter, usualInterval } from './late-samples.ts';
import { MergedTree } from './merged-tree.ts';
import { NOT_SAMPLED_FRAME, type CpuProfile } from './profile.ts';

/**
 * The call tree of one thread from all its segments. Each moment belongs to the sample that is nearest: where a busy
 * machine has kept the sampler waiting, that halves the error of "a sample lasts until the next one". Where it waited
 * for very long, and the samples at both ends differ, the time between is `(not sampled)`. What a segment has before
 * the end of the one before it is dropped. The self time of a node within a segment spreads over its lines
 * as its position ticks do.
 */
export function threadTree(segments: readonly CpuProfile[]): CallTree {
  const builder = new CallTreeBuilder();
  for (const segment of segments.toSorted((a, b) => a.startTime - b.startTime)) builder.add(segment);
  return builder.tree();
}

/** Adds up segments one by one, in the order of their times, so that only one of them need be in memory. */
export class CallTreeBuilder {
  readonly #merged = MergedTree.empty();
  #start = Number.POSITIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;

  /** Answers where the segment counts: from its first sample, or the end of the one before it, to its own end. */
  add(segment: CpuProfile): TimeSpan {
    const start = segment.sampleTime[0] ?? segment.endTime;
    const counted = { from: Math.max(start, this.#end), to: segment.endTime };
    this.#merged.add(segmentTree(segment, weighNodes(segment, this.#end)));
    this.#start = Math.min(this.#start, start);
    this.#end = Math.max(this.#end, segment.endTime);
    return counted;
  }

  /** From the first to the last sample of the segments so far, of which there is at least one. */
  get span(): TimeSpan {
    return { from: this.#start, to: this.#end };
  }

  /** The tree so far. */
  tree(): CallTree {
    return this.#merged.tree();
  }

  /** For parts of the segments so far. */
  parts(): TreeParts {
    return new TreeParts(this.#merged.sibling());
  }
}

/** Parts of the segments that a tree was made of, as they stood then. */
export class TreeParts {
  readonly #empty: MergedTree;

  constructor(empty: MergedTree) {
    this.#empty = empty;
  }

  begin(): PartBuilder {
    return new PartBuilder(this.#empty.sibling());
  }

  /** Nodes of the tree by node of one of its segments. */
  nodesOf(segment: CpuProfile): Int32Array {
    return this.#empty.nodesOf(segment);
  }
}

/** Adds up parts of segments: nodes and frames are those of the whole. */
class PartBuilder {
  readonly #merged: MergedTree;

  constructor(merged: MergedTree) {
    this.#merged = merged;
  }

  /** `span` lies where the segment counts. */
  add(segment: CpuProfile, span: TimeSpan): void {
    this.#merged.add(segmentTree(segment, weighPart(segment, span)));
  }

  tree(): CallTree {
    return this.#merged.tree();
  }
}

function segmentTree(segment: CpuProfile, { self, samples, notSampled }: Weights): CallTree {
  const { frames, nodeCount, parent, frame, tickNode, tickLine } = segment;
  const lineMicroseconds = spreadOverLines(segment, self);
  const lines = { lineNode: tickNode, lineNumber: tickLine, lineMicroseconds };
  if (notSampled === 0) return { frames, nodeCount, parent, frame, self, samples, ...lines };
  return {
    frames: [...frames, NOT_SAMPLED_FRAME],
    nodeCount: nodeCount + 1,
    parent: appended(parent, 0),
    frame: appended(frame, frames.length),
    self: appended(self, notSampled),
    samples: appended(samples, 0),
    ...lines,
  };
}

/** Microseconds by row of ticks. */
function spreadOverLines({ tickNode, tickCount }: CpuProfile, self: Float64Array): Float64Array {
  const time = new Float64Array(tickNode.length);
  for (let start = 0, end = 0; start < time.length; start = end) {
    const node = tickNode[start]!;
    let ticks = 0;
    for (end = start; end < time.length && tickNode[end] === node; end++) ticks += tickCount[end]!;
    for (let row = start; row < end; row++) time[row] = (self[node]! * tickCount[row]!) / ticks;
  }
  return time;
}

function appended<T extends Int32Array | Float64Array>(column: T, value: number): T {
  const longer = new (column.constructor as new (length: number) => T)(column.length + 1);
  longer.set(column);
  longer[column.length] = value;
  return longer;
}

interface Weights {
  readonly self: Float64Array;
  readonly samples: Float64Array;
  readonly notSampled: number;
}

/** Microseconds and samples by node of the segment, as far as they lie behind `from`. */
function weighNodes(segment: CpuProfile, from: number): Weights {
  const { sampleNode, sampleTime, endTime } = segment;
  if (segment.kept) return weighPart(segment, { from, to: endTime });
  const last = sampleNode.length - 1;
  const weights = new NodeWeights(segment, from);
  for (let sample = 0; sample < last; sample += BATCH) weights.add(sample, Math.min(sample + BATCH, last));
  if (last >= 0) weights.addLast(sampleNode[last]!, sampleTime[last]!, endTime);
  return weights;
}

/** The same of a part of it. */
function weighPart(segment: CpuProfile, span: TimeSpan): Weights {
  const self = new Float64Array(segment.nodeCount);
  const samples = new Float64Array(segment.nodeCount);
  let notSampled = 0;
  visitCells(segment, span, (node, from, to) => {
    if (node === NOBODY) notSampled += to - from;
    else self[node]! += to - from;
  });
  countSamples(segment, span, samples);
  return { self, samples, notSampled };
}

/**
 * Samples are weighed so many in a call: V8 compiles a function that is called often as it stands, but a loop that it
 * replaces while it runs keeps its numbers in objects.
 */
const BATCH = 1024;

class NodeWeights implements Weights {
  readonly self: Float64Array;
  readonly samples: Float64Array;
  notSampled = 0;
  readonly #sampleNode: Int32Array;
  readonly #sampleTime: Float64Array;
  readonly #from: number;
  readonly #usual: number;
  readonly #late: number;
  /** Up to where the time is given to nodes. */
  #start: number;

  constructor(segment: CpuProfile, from: number) {
    const { nodeCount, sampleNode, sampleTime, endTime } = segment;
    this.self = new Float64Array(nodeCount);
    this.samples = new Float64Array(nodeCount);
    this.#sampleNode = sampleNode;
    this.#sampleTime = sampleTime;
    this.#from = from;
    this.#usual = usualInterval(segment);
    this.#late = lateAfter(this.#usual);
    this.#start = Math.max(sampleTime[0] ?? endTime, from);
  }

  /** The samples `first` … `end`-1, which all have one behind them. */
  add(first: number, end: number): void {
    const self = this.self;
    const samples = this.samples;
    const sampleNode = this.#sampleNode;
    const sampleTime = this.#sampleTime;
    const from = this.#from;
    const late = this.#late;
    // Less nothing: what V8 knows to be a number stays out of the heap.
    let start = this.#start - 0;
    let time = sampleTime[first]!;
    for (let sample = first; sample < end; sample++) {
      const node = sampleNode[sample]!;
      const next = sampleTime[sample + 1]!;
      const middle = (time + next) / 2;
      if (next - time > late && sampleNode[sample + 1] !== node) {
        start = this.#addLate(node, time, next, start);
      } else if (middle > start) {
        self[node]! += middle - start;
        start = middle;
      }
      if (time >= from) samples[node]!++;
      time = next;
    }
    this.#start = start;
  }

  /** Of a long time between two samples, nearly all is nobody's. Answers up to where it is given away. */
  #addLate(node: number, time: number, next: number, start: number): number {
    const seen = Math.max(start, time + this.#usual / 2);
    const again = Math.max(start, next - this.#usual / 2);
    this.self[node]! += seen - start;
    this.notSampled += again - seen;
    return again;
  }

  addLast(node: number, time: number, endTime: number): void {
    this.self[node]! += Math.max(endTime - this.#start, 0);
    if (time >= this.#from) this.samples[node]!++;
  }
}
