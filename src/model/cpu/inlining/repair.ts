import type { RepairSummary } from '../../../contracts/document.ts';
import type { CallTree } from '../call-tree.ts';
import { CallGraph } from './call-graph.ts';
import { locateStacks, type ExactStack } from './exact-stacks.ts';
import { explainRows, type Explanation } from './explain.ts';
import { FrameBodies, type ScriptBodies } from './frame-bodies.ts';
import { GrownTree } from './grown-tree.ts';
import { lineRows, type LineRows } from './line-rows.ts';

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
  const bodies = new FrameBodies(tree.frames, scripts);
  const rows = lineRows(tree);
  const stacks = locateStacks(exactStacks, bodies);
  const graph = (): CallGraph => new CallGraph(tree, bodies.frames.length, stacks);
  const evidence = { rows, bodies, stacks, graph, tick: usualSample(tree), native: nativeTimes(tree) };
  const explained = explainRows(evidence);
  return { tree: moved(tree, rows, explained, bodies), summary: summarize(rows, explained) };
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
    const explanation = row === -1 ? undefined : explained[row];
    if (!explanation || explanation.kind === 'unknown') continue;
    const node = tree.lineNode[index]!;
    const moves =
      explanation.kind === 'ambiguous'
        ? [{ path: [bodies.inlinedCode(tree.frame[node]!)], share: 1 }]
        : explanation.moves;
    for (const { path, share } of moves) grown.move(index, path, share);
  }
  return grown.build(bodies.frames);
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
