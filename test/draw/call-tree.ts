/**
 * Call trees as text, both ways. One node per line, indented by two; `name script:line:column` and, behind a bar,
 * microseconds by line:
 *
 *   (root)
 *     tick app.js:6:14        | 7: 20, 2: 300
 *       mainBurn app.js:1:18  | 2: 100
 */
import type { CallTree } from '../../src/model/cpu/call-tree.ts';
import type { Frame } from '../../src/model/cpu/profile.ts';

const NODE = /^( *)(\S.*?)(?: (\S*?):(\d+):(\d+))?(?:\s*\|\s*(.*))?$/;

export function parseCallTree(drawn: string): CallTree {
  const rows = dedent(drawn).map(row => NODE.exec(row));
  const frames: Frame[] = [];
  const parent: number[] = [];
  const frame: number[] = [];
  const lines: [node: number, line: number, time: number][] = [];
  const open: number[] = [];
  for (const [node, row] of rows.entries()) {
    if (!row) throw new Error(`not a node: ${drawn}`);
    const depth = (row[1] ?? '').length / 2;
    parent.push(depth === 0 ? -1 : (open[depth - 1] ?? -1));
    open[depth] = node;
    frame.push(intern(frames, row));
    for (const [line, time] of parseLines(row[6])) lines.push([node, line, time]);
  }
  const timeOf = (node: number): number =>
    lines.reduce((sum, row) => (row[0] === node ? sum + row[2] : sum), 0);
  const self = Float64Array.from(rows, (_, node) => timeOf(node));
  return {
    frames,
    nodeCount: rows.length,
    parent: Int32Array.from(parent),
    frame: Int32Array.from(frame),
    self,
    samples: self.map(time => time / 10),
    lineNode: Int32Array.from(lines, row => row[0]),
    lineNumber: Int32Array.from(lines, row => row[1]),
    lineMicroseconds: Float64Array.from(lines, row => row[2]),
  };
}

/** Nodes without time and without children that have some are left out; siblings keep their order. */
export function drawCallTree(tree: CallTree): string {
  const children = groupByParent(tree.parent);
  const draw = (node: number, depth: number): string[] => {
    const below = (children.get(node) ?? []).flatMap(child => draw(child, depth + 1));
    const lines = linesOf(tree, node);
    if (below.length === 0 && lines === '') return [];
    return [`${'  '.repeat(depth)}${nameOf(tree, node)}${lines && ` | ${lines}`}`, ...below];
  };
  return draw(0, 0).join('\n');
}

function groupByParent(parent: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [node, above] of parent.entries()) groups.set(above, [...(groups.get(above) ?? []), node]);
  return groups;
}

/** Text without the indentation that all of its lines share, and without empty lines at its ends. */
export function dedent(text: string): string[] {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const indentation = Math.min(...lines.map(line => line.length - line.trimStart().length));
  return lines.map(line => line.slice(indentation));
}

function nameOf(tree: CallTree, node: number): string {
  const { functionName, url, line, column } = tree.frames[tree.frame[node]!]!;
  return line === 0 ? functionName : `${functionName} ${url}:${line}:${column}`;
}

function linesOf(tree: CallTree, node: number): string {
  const found: string[] = [];
  for (const [row, owner] of tree.lineNode.entries())
    if (owner === node && tree.lineMicroseconds[row]! > 0.5)
      found.push(`${tree.lineNumber[row]!}: ${Math.round(tree.lineMicroseconds[row]!)}`);
  return found.join(', ');
}

function parseLines(text: string | undefined): [number, number][] {
  return (text ?? '')
    .split(',')
    .filter(part => part.trim() !== '')
    .map(part => part.split(':').map(Number) as [number, number]);
}

function intern(
  frames: Frame[],
  [, , name = '', url = '', line = '0', column = '0']: RegExpExecArray,
): number {
  const functionName = name === '-' ? '' : name;
  const made: Frame = { functionName, scriptId: url, url, line: Number(line), column: Number(column) };
  const existing = frames.findIndex(
    frame => frame.functionName === functionName && frame.url === url && frame.line === made.line,
  );
  return existing === -1 ? frames.push(made) - 1 : existing;
}
