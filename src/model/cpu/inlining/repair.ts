import type { RepairSummary } from '../../../contracts/document.ts';
import type { CallTree } from '../call-tree.ts';
import type { CpuProfile, Frame } from '../profile.ts';
import { CallGraph } from './call-graph.ts';
import { locateStacks, type ExactStack } from './exact-stacks.ts';
import { explainRows, type Explanation, type Move } from './explain.ts';
import { FrameBodies, type ScriptBodies } from './frame-bodies.ts';
import { GrownTree } from './grown-tree.ts';
import { likelyLeaves, type Leaf } from './likely-leaves.ts';
import { RowNumbers, type LineRows } from './line-rows.ts';

export interface Repaired {
  readonly tree: CallTree;
  readonly summary: RepairSummary;
}

/**
 * Gives the time of inlined functions back to them. V8's sampler (Node 20, 22, 24) charges a tick inside an inlined
 * function to the frame it was inlined into; the tick's line is right. See explain.ts for the rules; measured by
 * `npm run bench -- inlining`. Where a script's text is missing nothing is changed, and the summary says so.
 */
export function repairInlining(
  tree: CallTree,
  scripts: ScriptBodies,
  exactStacks: readonly ExactStack[] = [],
): Repaired {
  return new InliningRepair(tree, scripts, exactStacks).of(tree);
}

/** What a whole tree tells of its inlined functions, for the tree itself and for parts of it. */
export class InliningRepair {
  readonly #numbers = new RowNumbers();
  readonly #bodies: FrameBodies;
  readonly #explained: readonly (Explanation | undefined)[];

  constructor(
    readonly tree: CallTree,
    scripts: ScriptBodies,
    exactStacks: readonly ExactStack[] = [],
  ) {
    const bodies = new FrameBodies(tree.frames, scripts);
    const rows = this.#numbers.of(tree);
    const stacks = locateStacks(exactStacks, bodies);
    const graph = (): CallGraph => new CallGraph(tree, bodies.frames.length, stacks);
    this.#bodies = bodies;
    this.#explained = explainRows({
      ...{ rows, bodies, stacks, graph },
      ...{ tick: usualSample(tree), native: nativeTimes(tree) },
    });
  }

  /** The frames of the tree, and behind them those that no sample named. */
  get frames(): readonly Frame[] {
    return this.#bodies.frames;
  }

  /** `tree` has the nodes and frames of the whole, with the times of a part of it. Parts add up to the whole. */
  of(tree: CallTree): Repaired {
    const rows = this.#numbers.of(tree);
    return {
      tree: moved(tree, rows, this.#explained, this.#bodies),
      summary: summarize(rows, this.#explained),
    };
  }

  /** The only line of a frame of the whole on which its own code calls something of that name. */
  lineCalling(frame: number, name: string): number | undefined {
    const [line, ...others] = this.#bodies.linesCalling(frame, name);
    return others.length === 0 ? line : undefined;
  }

  /** Where the time of a line goes instead of its frame, which is one of the whole. */
  movesOf(frame: number, line: number): readonly Move[] {
    if (this.tree.frames[frame]!.url === '') return [];
    return movesOf(this.#explained[this.#numbers.row(frame, line)], frame, this.#bodies);
  }

  /** By node of a segment, whose nodes are these of the whole. */
  leaves(segment: CpuProfile, nodes: Int32Array): Leaf[] {
    const { frame, frames } = this.tree;
    const frameOf = (node: number): number => frame[nodes[node]!]!;
    const explain = (node: number, line: number): Explanation | undefined =>
      frames[frameOf(node)]!.url === '' ? undefined : this.#explained[this.#numbers.row(frameOf(node), line)];
    return likelyLeaves(segment, explain, node => this.#bodies.inlinedCode(frameOf(node)));
  }
}

function usualSample({ self, samples }: CallTree): number {
  let time = 0;
  let count = 0;
  for (let node = 0; node < self.length; node++) {
    time += self[node]!;
    count += samples[node]!;
  }
  return count > 0 ? time / count : 0;
}

/** Self time of native functions by the frame that calls them. V8's states (idle, garbage collector) have no caller. */
function nativeTimes({ frames, frame, parent, self }: CallTree): Float64Array {
  const time = new Float64Array(frames.length);
  for (let node = 1; node < self.length; node++)
    if (frames[frame[node]!]!.url === '') time[frame[parent[node]!]!]! += self[node]!;
  time[frame[0]!] = 0;
  return time;
}

function moved(
  tree: CallTree,
  rows: LineRows,
  explained: readonly (Explanation | undefined)[],
  bodies: FrameBodies,
): CallTree {
  const grown = new GrownTree(tree);
  for (let index = 0; index < tree.lineNode.length; index++) {
    const row = rows.rowOf[index]!;
    const moves = row === -1 ? [] : movesOf(explained[row], tree.frame[tree.lineNode[index]!]!, bodies);
    for (const { path, share } of moves) grown.move(index, path, share);
  }
  return grown.build(bodies.frames);
}

function movesOf(explanation: Explanation | undefined, frame: number, bodies: FrameBodies): readonly Move[] {
  if (!explanation || explanation.kind === 'unknown') return [];
  return explanation.kind === 'ambiguous'
    ? [{ path: [bodies.inlinedCode(frame)], share: 1 }]
    : explanation.moves;
}

function summarize(
  { count, time }: LineRows,
  explained: readonly (Explanation | undefined)[],
): RepairSummary {
  const sums = { certain: 0, estimated: 0, ambiguous: 0, unknown: 0 };
  let checked = 0;
  for (let row = 0; row < count; row++) {
    checked += time[row]!;
    const explanation = explained[row];
    if (!explanation) continue;
    const share = explanation.moves.reduce((sum, move) => sum + move.share, 0);
    sums[explanation.kind] += explanation.moves.length > 0 ? share * time[row]! : time[row]!;
  }
  return {
    checkedMicroseconds: checked,
    repairedMicroseconds: sums.certain + sums.estimated,
    estimatedMicroseconds: sums.estimated,
    ambiguousMicroseconds: sums.ambiguous,
    notRepairedMicroseconds: sums.unknown,
  };
}
