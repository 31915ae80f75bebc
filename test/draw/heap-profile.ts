/**
 * `.heapprofile` files as text, both ways. A node per line, indented by two: id, name, place, and behind a bar the
 * bytes allocated in it:
 *
 *   1 (root)
 *     2 main file:///app.js:1:1
 *       5 hold file:///app.js:10:3 | 2048
 *
 * Places are 1-based as everywhere in our code; the file has them 0-based.
 */
import type { CallTree } from '../../src/model/cpu/call-tree.ts';
import { dedent } from './call-tree.ts';

export interface RawHeapNode {
  callFrame: {
    functionName: string;
    scriptId: string | number;
    url: string;
    lineNumber: number;
    columnNumber: number;
  };
  selfSize: number;
  id: number;
  children: RawHeapNode[];
}

export interface RawHeapProfile {
  head: RawHeapNode;
  samples?: { size: number; nodeId: number; ordinal: number }[];
}

const NODE = /^( *)(\d+) (\S+)(?: (\S+):(\d+):(\d+))?(?: \| (\d+))?$/;

/** `samples` is `5#1 5#3 …`: node id and ordinal. */
export function parseHeapProfile(drawn: string, samples = ''): RawHeapProfile {
  const open: RawHeapNode[] = [];
  for (const line of dedent(drawn)) {
    const node = parseNode(line);
    const depth = (line.length - line.trimStart().length) / 2;
    open[depth] = node;
    if (depth > 0) open[depth - 1]!.children.push(node);
  }
  const pairs = samples.split(' ').filter(Boolean);
  return {
    head: open[0]!,
    samples: pairs.map(pair => {
      const [nodeId = 0, ordinal = 0] = pair.split('#').map(Number);
      return { size: 64, nodeId, ordinal };
    }),
  };
}

function parseNode(line: string): RawHeapNode {
  const [, , id, functionName = '', url = '', row = '0', column = '0', bytes = '0'] = NODE.exec(line) ?? [];
  if (id === undefined) throw new Error(`not a node: ${line}`);
  const scriptId = url === '' ? '0' : '7';
  return {
    callFrame: { functionName, scriptId, url, lineNumber: Number(row) - 1, columnNumber: Number(column) - 1 },
    selfSize: Number(bytes),
    id: Number(id),
    children: [],
  };
}

/** A node per line with its bytes, and how many samples it has: `hold file:///app.js:10:3 | 2048 ×2`. */
export function drawHeapTree({ frames, frame, parent, self, samples }: CallTree): string {
  const depth = new Int32Array(parent.length);
  return Array.from(parent, (above, node) => {
    depth[node] = above < 0 ? 0 : depth[above]! + 1;
    const { functionName, url, line, column } = frames[frame[node]!]!;
    const place = url === '' ? '' : ` ${url}:${line}:${column}`;
    const weight = self[node]! > 0 || samples[node]! > 0 ? ` | ${self[node]} ×${samples[node]}` : '';
    return `${'  '.repeat(depth[node])}${functionName}${place}${weight}`;
  }).join('\n');
}
