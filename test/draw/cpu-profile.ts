/**
 * `.cpuprofile` files as text, both ways. A node per line, indented by two: id, name, place, lines with their ticks:
 *
 *   1 (root)
 *     2 main file:///app.js:1:1
 *       5 work file:///app.js:10:3 | 11 ×3, 12 ×1
 *
 * Places are 1-based as everywhere in our code; the file has them 0-based, ticks 1-based.
 */
import type { CpuProfile, Frame } from '../../src/model/cpu/profile.ts';
import { dedent } from './call-tree.ts';

export interface RawNode {
  id: number;
  callFrame: {
    functionName: string;
    scriptId: string | number;
    url: string;
    lineNumber: number;
    columnNumber: number;
  };
  hitCount?: number;
  children?: number[];
  parent?: number;
  positionTicks?: { line: number; ticks: number }[];
}

export interface RawProfile {
  nodes: RawNode[];
  startTime?: number;
  endTime?: number;
  samples?: number[];
  timeDeltas?: number[];
}

const NODE = /^( *)(\d+) (\S+)(?: (\S+):(\d+):(\d+))?(?: \| (.*))?$/;

/** `samples` is `2@100 5@250 …`: node id and microsecond; the file ends at `end`. */
export function parseProfile(drawn: string, samples: string, end: number): RawProfile {
  const nodes: RawNode[] = [];
  const open: RawNode[] = [];
  for (const line of dedent(drawn)) {
    const node = parseNode(line);
    const depth = (line.length - line.trimStart().length) / 2;
    open[depth] = node;
    if (depth > 0) (open[depth - 1]!.children ??= []).push(node.id);
    nodes.push(node);
  }
  return { nodes, startTime: 0, endTime: end, ...parseSamples(samples) };
}

function parseNode(line: string): RawNode {
  const [, , id, functionName = '', url = '', row = '0', column = '0', ticks] = NODE.exec(line) ?? [];
  if (id === undefined) throw new Error(`not a node: ${line}`);
  const scriptId = url === '' ? '0' : '7';
  const callFrame = {
    functionName,
    scriptId,
    url,
    lineNumber: Number(row) - 1,
    columnNumber: Number(column) - 1,
  };
  const positionTicks = ticks === undefined ? {} : { positionTicks: parseTicks(ticks) };
  return { id: Number(id), callFrame, hitCount: 0, ...positionTicks };
}

function parseTicks(text: string): { line: number; ticks: number }[] {
  return text.split(', ').map(each => {
    const [line, ticks] = each.split(' ×').map(Number);
    return { line: line!, ticks: ticks! };
  });
}

function parseSamples(text: string): { samples: number[]; timeDeltas: number[] } {
  const pairs = text.split(' ').filter(Boolean);
  const times = pairs.map(pair => Number(pair.split('@')[1]));
  return {
    samples: pairs.map(pair => Number(pair.split('@')[0])),
    timeDeltas: times.map((time, index) => time - (times[index - 1] ?? 0)),
  };
}

export const toBytes = (profile: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(profile));

/** The nodes with their lines, then the samples: `work@250`. */
export function drawProfile(profile: CpuProfile): string {
  return [...drawNodes(profile, -1, 0), drawSamples(profile)].join('\n');
}

export function drawSamples({ frames, frame, sampleNode, sampleTime, endTime }: CpuProfile): string {
  const samples = Array.from(
    sampleNode,
    (node, index) => `${frames[frame[node]!]!.functionName}@${sampleTime[index]}`,
  );
  return `${samples.join(' ')} end@${endTime}`;
}

function drawNodes(profile: CpuProfile, parent: number, depth: number): string[] {
  const children = [...profile.parent.keys()].filter(node => profile.parent[node] === parent);
  return children.flatMap(node => [
    `${'  '.repeat(depth)}${drawFrame(profile.frames[profile.frame[node]!]!)}${drawTicks(profile, node)}`,
    ...drawNodes(profile, node, depth + 1),
  ]);
}

function drawFrame({ functionName, url, line, column }: Frame): string {
  return url === '' ? functionName : `${functionName} ${url}:${line}:${column}`;
}

function drawTicks({ tickNode, tickLine, tickCount }: CpuProfile, node: number): string {
  const rows = [...tickNode.keys()].filter(row => tickNode[row] === node);
  return rows.length === 0 ? '' : ` | ${rows.map(row => `${tickLine[row]} ×${tickCount[row]}`).join(', ')}`;
}
