import type { RepairSummary } from '../../../contracts/document.ts';
import type { CallTree } from '../call-tree.ts';
import { callGraph } from './call-graph.ts';
import { Decisions, type Decision, type Move } from './decide.ts';
import { FrameBodies, type ScriptBodies } from './frame-bodies.ts';
import { GrownTree } from './grown-tree.ts';
import { LineTable } from './line-table.ts';
import { NodeSearch } from './node-search.ts';

export interface Repaired {
  readonly tree: CallTree;
  readonly summary: RepairSummary;
}

/**
 * Gives the time of inlined functions back to them. V8's sampler (Node 20, 22, 24) charges a tick inside an inlined
 * function to the frame it was inlined into; the tick's line is right. See decide.ts for the rules; measured by
 * `npm run bench -- inlining`. Where a script's text is missing nothing is changed, and the summary says so.
 */
export function repairInlining(tree: CallTree, scripts: ScriptBodies): Repaired {
  const bodies = new FrameBodies(tree.frames, scripts);
  const decisions = new Decisions(chargedLines(tree), bodies, callGraph(tree));
  const nodes = new NodeSearch(tree);
  const grown = new GrownTree(tree);
  const sums = { checked: 0, certain: 0, estimated: 0, ambiguous: 0, unknown: 0, own: 0 };
  for (let row = 0; row < tree.lineNode.length; row++) {
    const node = tree.lineNode[row]!;
    const line = tree.lineNumber[row]!;
    const microseconds = tree.lineMicroseconds[row]!;
    const decision = inContext(decisions.of(tree.frame[node]!, line), node, nodes);
    sums.checked += microseconds;
    const moved = apply(grown, bodies, { node, line, microseconds }, decision);
    sums[decision.kind] += decision.kind === 'own' || decision.kind === 'unknown' ? microseconds : moved;
  }
  return {
    tree: grown.build(bodies.frames),
    summary: {
      checkedMicroseconds: sums.checked,
      repairedMicroseconds: sums.certain + sums.estimated,
      estimatedMicroseconds: sums.estimated,
      ambiguousMicroseconds: sums.ambiguous,
      notRepairedMicroseconds: sums.unknown,
    },
  };
}

function chargedLines(tree: CallTree): LineTable {
  const charged = new LineTable();
  for (let row = 0; row < tree.lineNode.length; row++)
    charged.add(tree.frame[tree.lineNode[row]!]!, tree.lineNumber[row]!, tree.lineMicroseconds[row]!);
  return charged;
}

/** Several functions own the line, but below this very node only one of them is called: it is that one. */
function inContext(decision: Decision, node: number, nodes: NodeSearch): Decision {
  if (decision.candidates.length < 2) return decision;
  const near = decision.candidates.filter(({ frame }) => nodes.isBelow(node, frame));
  const [only] = near;
  if (near.length !== 1 || !only) return decision;
  return { kind: 'certain', moves: [{ path: only.path, share: 1 }], candidates: near };
}

/** Answers how much time went to another node. */
function apply(
  grown: GrownTree,
  bodies: FrameBodies,
  row: { node: number; line: number; microseconds: number },
  decision: Decision,
): number {
  const moves: readonly Move[] =
    decision.kind === 'ambiguous'
      ? [{ path: [bodies.inlinedCode(grown.frameAt(row.node))], share: 1 }]
      : decision.moves;
  let moved = 0;
  for (const { path, share } of moves) {
    const part = row.microseconds * share;
    grown.move(row.node, path, row.line, part);
    moved += part;
  }
  const rest = row.microseconds - moved;
  if (rest > 0) grown.keep(row.node, row.line, rest);
  return moved;
}
