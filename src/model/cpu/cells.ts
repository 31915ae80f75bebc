/** The stretches of time that samples stand for, one by one, where only a part of a segment is wanted. */
import { lateAfter, usualInterval } from './late-samples.ts';
import type { CpuProfile } from './profile.ts';
import { spansWithin, type TimeSpan } from './time-span.ts';

/** Instead of a node: the sampler came too late to know. */
export const NOBODY = -1;

type CellVisit = (node: number, from: number, to: number) => void;

/**
 * Visits what a segment has within a span, in the order of time: node, from, to. The rules are those of `NodeWeights`
 * (weigh.ts), which adds up whole segments in a quarter of the time: a part of one is never more than the whole.
 */
export function visitCells(segment: CpuProfile, span: TimeSpan, visit: CellVisit): void {
  visitCellsBy(usualInterval(segment), segment, span, visit);
}

/** The same with the segment's `usualInterval`, for who looks at many spans of it. */
export function visitCellsBy(usual: number, segment: CpuProfile, span: TimeSpan, visit: CellVisit): void {
  visitKept(segment.kept, span, part => visitCellsOf(usual, segment, part, visit));
}

/** Visits what of a span a segment tells of. */
function visitKept(kept: CpuProfile['kept'], span: TimeSpan, visit: (part: TimeSpan) => void): void {
  if (kept === undefined) return visit(span);
  for (const part of spansWithin(kept, span)) visit(part);
}

function visitCellsOf(
  usual: number,
  { sampleNode, sampleTime, endTime }: CpuProfile,
  { from, to }: TimeSpan,
  visit: CellVisit,
): void {
  const late = lateAfter(usual);
  const last = sampleNode.length - 1;
  let start = Math.max(sampleTime[0] ?? endTime, from);
  const give = (node: number, upTo: number): void => {
    const end = Math.min(upTo, to);
    if (end <= start) return;
    visit(node, start, end);
    start = end;
  };
  const end = Math.min(firstSince(sampleTime, to), last);
  for (let sample = Math.max(0, firstSince(sampleTime, from) - 1); sample <= end; sample++) {
    const node = sampleNode[sample]!;
    const time = sampleTime[sample]!;
    const next = sampleTime[sample + 1]!;
    if (sample === last) give(node, endTime);
    else if (next - time > late && sampleNode[sample + 1] !== node) {
      give(node, time + usual / 2);
      give(NOBODY, next - usual / 2);
    } else give(node, (time + next) / 2);
  }
}

/** Samples of a span by node, added to `counts`. */
export function countSamples(segment: CpuProfile, span: TimeSpan, counts: Float64Array): void {
  visitSamples(segment, span, node => counts[node]!++);
}

/** Visits the node of each sample of a span; one at its end belongs to the next span. */
export function visitSamples(
  { sampleNode, sampleTime, kept }: CpuProfile,
  span: TimeSpan,
  visit: (node: number) => void,
): void {
  visitKept(kept, span, ({ from, to }) => {
    const end = firstSince(sampleTime, to);
    for (let sample = firstSince(sampleTime, from); sample < end; sample++) visit(sampleNode[sample]!);
  });
}

/** Index of the first sample at that time or later; their number where there is none. */
function firstSince(sampleTime: Float64Array, time: number): number {
  let [low, high] = [0, sampleTime.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sampleTime[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
