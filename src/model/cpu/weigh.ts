import type { CallTree } from './call-tree.ts';
import { MergedTree } from './merged-tree.ts';
import type { CpuProfile } from './profile.ts';

/**
 * The call tree of one thread from all its segments. Each moment belongs to the sample that is nearest: where a busy
 * machine has kept the sampler waiting, that halves the error of "a sample lasts until the next one". What a segment
 * has before the end of the one before it is dropped. The self time of a node within a segment spreads over its lines
 * as its position ticks do.
 */
export function threadTree(segments: readonly CpuProfile[]): CallTree {
  const builder = new CallTreeBuilder();
  for (const segment of segments.toSorted((a, b) => a.startTime - b.startTime)) builder.add(segment);
  return builder.tree();
}

/** Adds up segments one by one, in the order of their times, so that only one of them need be in memory. */
export class CallTreeBuilder {
  readonly #merged = new MergedTree();
  #end = Number.NEGATIVE_INFINITY;

  add(segment: CpuProfile): void {
    this.#merged.add(segmentTree(segment, this.#end));
    this.#end = Math.max(this.#end, segment.endTime);
  }

  /** The tree so far. */
  tree(): CallTree {
    return this.#merged.tree();
  }
}

/** The tree of what a segment has behind `from`. */
function segmentTree(segment: CpuProfile, from: number): CallTree {
  const { frames, nodeCount, parent, frame, tickNode, tickLine } = segment;
  const { self, samples } = weighNodes(segment, from);
  const lineMicroseconds = spreadOverLines(segment, self);
  return {
    frames,
    nodeCount,
    parent,
    frame,
    self,
    samples,
    lineNode: tickNode,
    lineNumber: tickLine,
    lineMicroseconds,
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

/** Microseconds and samples by node of the segment, as far as they lie behind `from`. */
function weighNodes(segment: CpuProfile, from: number): { self: Float64Array; samples: Float64Array } {
  const { sampleNode, sampleTime, nodeCount, endTime } = segment;
  const self = new Float64Array(nodeCount);
  const samples = new Float64Array(nodeCount);
  const last = sampleNode.length - 1;
  for (let sample = 0; sample <= last; sample++) {
    const node = sampleNode[sample]!;
    const time = sampleTime[sample]!;
    const start = sample > 0 ? (sampleTime[sample - 1]! + time) / 2 : time;
    const end = sample < last ? (time + sampleTime[sample + 1]!) / 2 : endTime;
    if (end > from) self[node]! += end - Math.max(start, from);
    if (time >= from) samples[node]!++;
  }
  return { self, samples };
}
