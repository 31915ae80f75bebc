import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallTree } from '../../../../src/model/cpu/call-tree.ts';
import type { CpuProfile } from '../../../../src/model/cpu/profile.ts';
import { readCpuProfile } from '../../../../src/model/cpu/reader.ts';
import { threadTree } from '../../../../src/model/cpu/weigh.ts';
import { drawCallTree } from '../../../draw/call-tree.ts';
import { parseProfile, toBytes } from '../../../draw/cpu-profile.ts';

const profile = (drawn: string, samples: string, end: number): CpuProfile =>
  readCpuProfile(toBytes(parseProfile(drawn, samples, end)));

const draw = (...segments: CpuProfile[]): string => `\n${drawCallTree(threadTree(segments))}\n`;

describe('the call tree of a thread', () => {
  test('spreads the time of a function over its lines as its ticks are, not as its samples are', () => {
    const drawn = `
      1 (root)
        2 main file:///app.js:1:1 | 2 ×3, 4 ×1
    `;
    expect(draw(profile(drawn, '2@0 2@10 2@20 2@30', 400))).toBe(`
(root)
  main file:///app.js:1:1 | 2: 300, 4: 100
`);
  });

  test('gives each segment its own spread', () => {
    const first = `
      1 (root)
        2 main file:///app.js:1:1 | 2 ×9
    `;
    const second = `
      1 (root)
        2 main file:///app.js:1:1 | 2 ×1, 3 ×1
    `;
    expect(draw(profile(first, '2@0', 100), profile(second, '2@100', 200))).toBe(`
(root)
  main file:///app.js:1:1 | 2: 150, 3: 50
`);
  });

  test('has one node per path of frames, whatever ids the segments use', () => {
    const first = `
      1 (root)
        2 main file:///app.js:1:1 | 2 ×1
          3 work file:///app.js:10:3 | 11 ×1
        4 work file:///app.js:10:3 | 12 ×1
    `;
    const second = `
      1 (root)
        9 work file:///app.js:10:3 | 11 ×1
        8 main file:///app.js:1:1 | 1 ×1
          7 work file:///app.js:90:3 | 91 ×1
          2 work file:///app.js:10:3 | 12 ×1, 10 ×1
    `;
    const trees = [profile(first, '2@0 3@100 4@200', 300), profile(second, '9@300 8@400 7@500 2@600', 700)];
    expect(draw(...trees)).toBe(`
(root)
  main file:///app.js:1:1 | 1: 100, 2: 50
    work file:///app.js:10:3 | 10: 75, 11: 100, 12: 75
    work file:///app.js:90:3 | 91: 100
  work file:///app.js:10:3 | 11: 50, 12: 150
`);
  });

  test('hangs a segment that has another root below its own', () => {
    const drawn = `
      1 main file:///app.js:1:1 | 2 ×1
        2 work file:///app.js:10:3 | 11 ×1
    `;
    const other = `
      1 boot file:///app.js:50:1 | 51 ×1
    `;
    expect(draw(profile(drawn, '2@0', 10), profile(other, '1@10', 30))).toBe(`
(root)
  main file:///app.js:1:1
    work file:///app.js:10:3 | 11: 10
  boot file:///app.js:50:1 | 51: 20
`);
  });

  test('of no segments is a root without time', () => {
    const tree = threadTree([]);
    expect([tree.nodeCount, tree.frames[0]?.functionName, [...tree.self]]).toEqual([1, '(root)', [0]]);
  });

  test('takes segments in the order of their times', () => {
    const drawn = `
      1 (root)
        2 main file:///app.js:1:1 | 2 ×1
    `;
    const early = profile(drawn, '2@0', 100);
    const late = shifted(profile(drawn, '2@0', 100), 50);
    expect(draw(late, early)).toBe(draw(early, late));
    expect(draw(late, early)).toContain('2: 150');
  });

  test('is the sum of its segments, node by node and line by line', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), segments => {
        const placed = segments.map((each, index) => shifted(each, index * 1000));
        const tree = threadTree(placed);
        expect(sums([tree])).toEqual(sums(placed.map(each => threadTree([each]))));
        expectSorted(tree);
      }),
    );
  });
});

/** Trees over three functions, so that segments meet each other. */
const segment = fc
  .array(
    fc.record({
      above: fc.nat(),
      name: fc.constantFrom('a', 'b', 'c'),
      line: fc.integer({ min: 1, max: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map(nodes => {
    const raw = nodes.map(({ name, line }, index) => ({
      id: index + 2,
      parent: 1 + (index === 0 ? 0 : nodes[index]!.above % (index + 1)),
      callFrame: { functionName: name, scriptId: '1', url: 'file:///a.js', lineNumber: 0, columnNumber: 0 },
      positionTicks: [
        { line, ticks: 1 },
        { line: line + 1, ticks: 2 },
      ],
    }));
    const samples = raw.map(node => node.id);
    const root = { id: 1, callFrame: { functionName: '(root)' } };
    return readCpuProfile(
      toBytes({
        nodes: [root, ...raw],
        startTime: 0,
        endTime: 500,
        samples,
        timeDeltas: samples.map(() => 30),
      }),
    );
  });

const shifted = (profile: CpuProfile, by: number): CpuProfile => ({
  ...profile,
  startTime: (profile.startTime + by) as CpuProfile['startTime'],
  endTime: (profile.endTime + by) as CpuProfile['endTime'],
  sampleTime: profile.sampleTime.map(time => time + by),
});

/** Microseconds by path of frames, and by path and line. */
function sums(trees: readonly CallTree[]): Record<string, number> {
  const found = new Map<string, number>();
  const add = (key: string, time: number): void => void found.set(key, (found.get(key) ?? 0) + time);
  for (const tree of trees) {
    const path = (node: number): string =>
      node === -1 ? '' : `${path(tree.parent[node]!)}>${tree.frames[tree.frame[node]!]!.functionName}`;
    tree.self.forEach((time, node) => add(path(node), time));
    tree.lineMicroseconds.forEach((time, row) =>
      add(`${path(tree.lineNode[row]!)}:${tree.lineNumber[row]}`, time),
    );
  }
  const rounded = [...found].map(([key, time]): [string, number] => [key, Math.round(time * 1000) / 1000]);
  return Object.fromEntries(rounded.filter(([, time]) => time > 0));
}

function expectSorted({ lineNode, lineNumber, nodeCount, parent }: CallTree): void {
  for (let row = 1; row < lineNode.length; row++) {
    const step = lineNode[row]! - lineNode[row - 1]!;
    expect(step > 0 || (step === 0 && lineNumber[row]! > lineNumber[row - 1]!)).toBe(true);
  }
  for (let node = 1; node < nodeCount; node++) expect(parent[node]!).toBeLessThan(node);
}
