/** The stack that most samples of a stretch of a profile have. */
import type { StackFrame } from '../stalls/frames-now.ts';
import type { Span } from './cut-profile.ts';

/** As V8 writes it: lines of ticks are 1-based, those of call frames 0-based. */
interface Node {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}
interface Profile {
  readonly nodes: readonly Node[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const MOST_FRAMES = 30;
const LONGEST_NAME = 200;

/**
 * Innermost first: as deep as most of the samples agree; what has no file is left out. The line of the innermost is the one
 * with most ticks, of the others their function's: V8 does not tell where they were.
 */
export function sampledStack(profile: string, span: Span): StackFrame[] {
  const { nodes, ...times } = JSON.parse(profile) as Profile;
  const counts = countsWithin({ nodes, ...times }, span);
  const byId = new Map(nodes.map(node => [node.id, node]));
  const path: Node[] = [];
  const all = counts.get(nodes[0]?.id ?? 0) ?? 0;
  const isMost = ({ id }: Node): boolean => (counts.get(id) ?? 0) * 2 > all;
  let node = nodes.slice(0, 1).find(isMost);
  while (node) {
    path.push(node);
    const children: Node[] = (node.children ?? []).flatMap(id => byId.get(id) ?? []);
    node = children.find(isMost);
  }
  return path
    .toReversed()
    .map((each, index) => frameOf(each, index === 0))
    .filter(({ file }) => file !== '')
    .slice(0, MOST_FRAMES);
}

/** Samples of each node and of all below it; parents stand before their children. */
function countsWithin({ nodes, samples, timeDeltas, startTime }: Profile, { from, to }: Span) {
  const counts = new Map<number, number>();
  const add = (id: number, count: number): void => void counts.set(id, (counts.get(id) ?? 0) + count);
  let time = startTime;
  for (const [index, node] of samples.entries()) {
    time += timeDeltas[index] ?? 0;
    if (time >= from && time < to) add(node, 1);
  }
  for (const { id, children = [] } of nodes.toReversed())
    for (const child of children) add(id, counts.get(child) ?? 0);
  return counts;
}

function frameOf({ callFrame, positionTicks = [] }: Node, isInnermost: boolean): StackFrame {
  const { functionName, url, lineNumber, columnNumber } = callFrame;
  const [hottest] = isInnermost ? positionTicks.toSorted((a, b) => b.ticks - a.ticks) : [];
  const place = hottest
    ? { line: hottest.line, column: 1 }
    : { line: lineNumber + 1, column: columnNumber + 1 };
  return { name: functionName.slice(0, LONGEST_NAME), file: url, ...place };
}
