import { microseconds } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { TimeSpan } from './time-span.ts';
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
  /** Times of the samples as deltas give them; see sample-times.ts. */
  readonly moments: Float64Array;
  readonly areShuffled: boolean;
  readonly momentsSince: number;
  /** Ends of the stretches of which the file tells; undefined: it tells of all time. */
  readonly kept: Float64Array | undefined;
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
      id: raw.samples,
      nodeOf: id => findNode(id, indexOf, order, problems),
      hits: arrange(nodes.hits.view(), order, 0),
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
    frame: arrange(nodes.frame.view(), order, frames.length),
    ...groupTicks(nodes, order),
    sampleNode: samples.node,
    sampleTime: samples.time,
    startTime: microseconds(Math.min(raw.startTime || 0, samples.time[0]!)),
    endTime: microseconds(samples.endTime),
    ...(raw.kept ? { kept: spansBetween(raw.kept) } : {}),
    problems: [...problems],
  };
}

/** What does not lie behind all before it is left out. */
function spansBetween(ends: Float64Array): TimeSpan[] {
  const spans: TimeSpan[] = [];
  for (let end = 0; end + 1 < ends.length; end += 2) {
    const span = {
      from: Math.max(ends[end]!, spans.at(-1)?.to ?? Number.NEGATIVE_INFINITY),
      to: ends[end + 1]!,
    };
    if (span.from < span.to) spans.push(span);
  }
  return spans;
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

/** What is unknown becomes the root. */
function findNode(
  id: number,
  indexOf: IndexOf,
  { target }: NodeOrder,
  problems: Set<ProfileProblem>,
): number {
  const file = indexOf(id);
  if (file >= 0) return target[file]!;
  problems.add('unknown-sample-node');
  return 0;
}

/** A column of the nodes in their final order; `missing` for an added root. */
function arrange(values: Int32Array, { source, moved }: NodeOrder, missing: number): Int32Array {
  return moved ? source.map(file => (file === -1 ? missing : values[file]!)) : values;
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
