import { microseconds } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import { frameKind } from './frame-kind.ts';
import type { NodeColumns } from './node-columns.ts';
import { type IndexOf, indexById, type NodeOrder, orderNodes } from './node-order.ts';
import { type CpuProfile, type Frame, type ProfileProblem, ROOT_FRAME } from './profile.ts';
import { allRows, orderRows, pick } from './row-order.ts';
import { timeSamples } from './sample-times.ts';

/** What was read from a `.cpuprofile`; times are NaN where the file has none. */
export interface RawProfile {
  readonly nodes: NodeColumns;
  /** Node ids, -1 for what is none. */
  readonly samples: Int32Array;
  readonly deltas: Float64Array;
  readonly startTime: number;
  readonly endTime: number;
  readonly truncated: boolean;
}

/**
 * Puts nodes and samples in order. `raw` is used up.
 * Throws the `UserError`s `profile-not-readable` (no nodes) and `profile-without-samples`.
 */
export function assembleProfile(raw: RawProfile): CpuProfile {
  const { nodes, truncated } = raw;
  if (nodes.count === 0) throw new UserError('profile-not-readable', { reason: 'it has no call-tree nodes' });
  const problems = new Set<ProfileProblem>(truncated ? ['truncated'] : []);
  const frames = parseFrames(nodes);
  const indexOf = indexById(nodes.id.view());
  const order = orderNodes(
    {
      id: nodes.id.view(),
      parentId: nodes.parentId.view(),
      childParent: nodes.childParent.view(),
      childId: nodes.childId.view(),
    },
    indexOf,
    node => frameKind(frames[nodes.frame.view()[node]!]!) === 'root',
    problems,
  );
  const samples = timeSamples(
    {
      ...raw,
      node: findNodes(raw.samples, indexOf, order, problems),
      hits: gather(nodes.hits.view(), order.source, 0),
    },
    problems,
  );
  if (samples === undefined) {
    throw new UserError('profile-without-samples', {
      reason: truncated ? 'it ends before its first sample' : 'no sample has a time',
    });
  }
  const needsRoot = order.source[0] === -1;
  return {
    frames: needsRoot ? [...frames, ROOT_FRAME] : frames,
    nodeCount: order.parent.length,
    parent: order.parent,
    frame: gather(nodes.frame.view(), order.source, frames.length),
    ...groupTicks(nodes, order),
    sampleNode: samples.node,
    sampleTime: samples.time,
    startTime: microseconds(Math.min(raw.startTime || 0, samples.time[0]!)),
    endTime: microseconds(samples.endTime),
    problems: [...problems],
  };
}

function parseFrames(nodes: NodeColumns): Frame[] {
  try {
    return nodes.frames();
  } catch (error) {
    throw new UserError(
      'profile-not-readable',
      { reason: 'one of its call frames is not valid JSON' },
      error,
    );
  }
}

/** Ids become node indices, in place; what is unknown becomes the root. */
function findNodes(
  samples: Int32Array,
  indexOf: IndexOf,
  order: NodeOrder,
  problems: Set<ProfileProblem>,
): Int32Array {
  const target = order.target;
  for (let sample = 0; sample < samples.length; sample++) {
    const node = indexOf(samples[sample]!);
    if (node === -1) problems.add('unknown-sample-node');
    samples[sample] = node === -1 ? 0 : target[node]!;
  }
  return samples;
}

function gather(values: Int32Array, source: Int32Array, missing: number): Int32Array {
  const gathered = new Int32Array(source.length);
  for (let node = 0; node < source.length; node++) {
    gathered[node] = source[node] === -1 ? missing : values[source[node]!]!;
  }
  return gathered;
}

type Ticks = Pick<CpuProfile, 'tickNode' | 'tickLine' | 'tickCount'>;

function groupTicks(nodes: NodeColumns, { target, parent, moved }: NodeOrder): Ticks {
  const tickNode = nodes.tickNode.view();
  const tickLine = nodes.tickLine.view();
  const tickCount = nodes.tickCount.view();
  if (!moved) return { tickNode, tickLine, tickCount };
  const node = tickNode.map(file => target[file]!);
  const rows = orderRows(allRows(node.length), node, parent.length);
  return {
    tickNode: pick(node, rows, new Int32Array(rows.length)),
    tickLine: pick(tickLine, rows, new Int32Array(rows.length)),
    tickCount: pick(tickCount, rows, new Int32Array(rows.length)),
  };
}
