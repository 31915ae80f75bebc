import type { TimeSpan } from './time-span.ts';
import { frameKind } from './frame-kind.ts';
import { ROOT_FRAME, type CpuProfile, type Frame } from './profile.ts';

/**
 * Garbage collections that Slowcatch has caused are its cost, not the program's: the collector's samples within `spans`
 * (microseconds on the clock of the samples, ascending) are given to a function of the agent, a path.
 */
export function withForcedCollections(
  segment: CpuProfile,
  spans: readonly TimeSpan[],
  agent: string,
): CpuProfile {
  const { frames, frame, parent, nodeCount, sampleNode, sampleTime, startTime, endTime } = segment;
  const near = spans.filter(({ from, to }) => from < endTime && to > startTime);
  if (near.length === 0) return segment;
  const isCollector = Array.from(frame, each => frameKind(frames[each]!) === 'gc');
  const isForced = (node: number, sample: number): boolean =>
    isCollector[node]! &&
    near.some(({ from, to }) => sampleTime[sample]! >= from && sampleTime[sample]! <= to);
  return {
    ...segment,
    frames: [...frames, forcedFrame(agent)],
    nodeCount: nodeCount + 1,
    parent: appended(parent, 0),
    frame: appended(frame, frames.length),
    sampleNode: sampleNode.map((node, sample) => (isForced(node, sample) ? nodeCount : node)),
  };
}

function appended(column: Int32Array, value: number): Int32Array {
  const longer = new Int32Array(column.length + 1);
  longer.set(column);
  longer[column.length] = value;
  return longer;
}

const forcedFrame = (agent: string): Frame => ({
  ...ROOT_FRAME,
  functionName: '(collection for Slowcatch)',
  url: agent,
});
