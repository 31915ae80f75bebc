/**
 * Segments of a recording as a line: start, samples of top-level functions at their times, end.
 *
 *   '0 a@0 b@1000 1500'
 */
import { microseconds } from '../../src/contracts/units.ts';
import type { CallTree } from '../../src/model/cpu/call-tree.ts';
import { ROOT_FRAME, type CpuProfile, type Frame } from '../../src/model/cpu/profile.ts';

const frameOf = (functionName: string): Frame => ({ ...ROOT_FRAME, functionName, scriptId: '1' });

/** Each function has one tick on each of its lines 1 and 2. */
export function parseSegment(drawn: string): CpuProfile {
  const words = drawn.split(' ');
  const samples = words.slice(1, -1).map(word => word.split('@'));
  const names = [...new Set(samples.map(([name = '']) => name))].sort();
  const nodeCount = names.length + 1;
  return {
    frames: [ROOT_FRAME, ...names.map(frameOf)],
    nodeCount,
    parent: Int32Array.from({ length: nodeCount }, (_, node) => (node === 0 ? -1 : 0)),
    frame: Int32Array.from({ length: nodeCount }, (_, node) => node),
    tickNode: Int32Array.from({ length: 2 * names.length }, (_, row) => 1 + (row >> 1)),
    tickLine: Int32Array.from({ length: 2 * names.length }, (_, row) => 1 + (row & 1)),
    tickCount: new Int32Array(2 * names.length).fill(1),
    sampleNode: Int32Array.from(samples, ([name = '']) => names.indexOf(name) + 1),
    sampleTime: Float64Array.from(samples, ([, time]) => Number(time)),
    startTime: microseconds(Number(words[0])),
    endTime: microseconds(Number(words.at(-1))),
    problems: [],
  };
}

/** `'a 1000 (2) b 500 (1)'`: microseconds and samples by function; those without are left out. */
export function drawWeights({ frame, frames, self, samples }: CallTree): string {
  return Array.from(self.keys())
    .filter(node => self[node]! > 0 || samples[node]! > 0)
    .map(node => `${frames[frame[node]!]!.functionName} ${self[node]} (${samples[node]})`)
    .join(' ');
}
