import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { metricOf } from '../../../../src/model/heap-profile/heap-profile.ts';
import { HeapProfileReader, readHeapProfile } from '../../../../src/model/heap-profile/reader.ts';
import { toBytes } from '../../../draw/cpu-profile.ts';
import { drawHeapTree, parseHeapProfile, type RawHeapNode } from '../../../draw/heap-profile.ts';

const APP = `
  1 (root)
    2 main file:///app.js:1:1 | 100
      3 hold file:///app.js:10:3 | 2048
    4 (EXTERNAL) | 64
`;
const DRAWN = `(root)
  main file:///app.js:1:1 | 100 ×1
    hold file:///app.js:10:3 | 2048 ×2
  (EXTERNAL) | 64 ×0`;

const app = () => parseHeapProfile(APP, '3#1 3#2 2#3');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function failure(bytes: Uint8Array): string {
  try {
    readHeapProfile(bytes);
  } catch (error) {
    if (error instanceof UserError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

describe('a heap profile as V8 writes it', () => {
  test('becomes nodes with bytes and samples', () => {
    const profile = readHeapProfile(toBytes(app()));
    expect(drawHeapTree(profile.tree)).toBe(DRAWN);
    expect(profile.problems).toEqual([]);
  });

  test('is read the same with white space, with other keys and in another order of keys', () => {
    const turn = (node: RawHeapNode): object =>
      Object.fromEntries(
        Object.entries({ ...node, deopt: ['}{', 1], children: node.children.map(turn) }).reverse(),
      );
    const { head, samples } = app();
    const file = { extra: { head: 1 }, samples, head: turn(head), more: null };
    const text = JSON.stringify(file, undefined, '\t');
    expect(drawHeapTree(readHeapProfile(bytesOf(`\uFEFF${text}`)).tree)).toBe(DRAWN);
  });

  test('is read from older files, which have neither samples nor ids', () => {
    const strip = ({ callFrame, selfSize, children }: RawHeapNode): object => ({
      ...{ callFrame, selfSize },
      children: children.map(strip),
    });
    const profile = readHeapProfile(toBytes({ head: strip(app().head) }));
    expect(drawHeapTree(profile.tree)).toBe(DRAWN.replaceAll(/×\d/g, '×0'));
    expect([profile.sampleCount, profile.problems]).toEqual([0, []]);
  });

  test('may be 10,000 calls deep', () => {
    const DEPTH = 10_000;
    const node = (id: number): string =>
      `{"callFrame":{"functionName":"f${id}","scriptId":"1","url":"a","lineNumber":0,"columnNumber":0},"selfSize":1,"id":${id},"children":[`;
    const text = `{"head":${Array.from({ length: DEPTH }, (_, id) => node(id)).join('')}${']}'.repeat(DEPTH)}}`;
    const { tree, problems } = readHeapProfile(bytesOf(text));
    expect([tree.nodeCount, tree.parent[DEPTH - 1], tree.self[DEPTH - 1]]).toEqual([DEPTH, DEPTH - 2, 1]);
    expect(problems).toEqual([]);
  });
});

describe('what a heap profile weighs', () => {
  test('is all that was allocated when no sampled object is missing', () => {
    expect(metricOf(readHeapProfile(toBytes(app())))).toBe('allocated');
  });

  test('is what is still held when objects have been dropped', () => {
    const profile = parseHeapProfile(APP, '3#1 3#9 2#4');
    expect(metricOf(readHeapProfile(toBytes(profile)))).toBe('live');
  });

  test('is what is still held when the file does not say', () => {
    expect(metricOf(readHeapProfile(toBytes({ head: app().head })))).toBe('live');
  });
});

describe('a damaged heap profile', () => {
  test.each([
    ['empty', '', 'it is empty'],
    ['no JSON', 'hello', 'it is not a JSON object'],
    ['a list', '[1]', 'it is not a JSON object'],
    ['gzip', '\u001F', 'it is gzip-compressed'],
    ['a CPU profile', '{"nodes":[{"id":1}]}', 'it is a CPU profile'],
    ['a heap snapshot', '{"snapshot":{"meta":{}}}', 'it is a heap snapshot'],
    ['another object', '{"a":1}', 'it has no call tree ("head")'],
    ['without a tree', '{"head":null,"samples":[]}', 'it has no call tree ("head")'],
    ['broken off at once', '{"head":', 'it has no call tree ("head")'],
    ['broken inside', '{"head":{"id":1,"children":[}', 'it is not valid JSON at byte'],
  ])('that is %s is refused and says why', (_, text, reason) => {
    expect(failure(bytesOf(text))).toContain(`heap-profile-not-readable: This is not a readable`);
    expect(failure(bytesOf(text))).toContain(reason);
  });

  test('keeps what was read before it was cut off', () => {
    const bytes = toBytes(app());
    const end = JSON.stringify(app()).indexOf('"selfSize":64');
    const { tree, problems } = readHeapProfile(bytes.subarray(0, end));
    expect(tree.self.reduce((sum, self) => sum + self, 0)).toBe(2148);
    expect(problems).toEqual(['truncated']);
  });

  test('does not count what is no size, and says so', () => {
    const profile = app();
    profile.head.children[0]!.selfSize = -5;
    const { tree, problems } = readHeapProfile(toBytes(profile));
    expect(tree.self[1]).toBe(0);
    expect(problems).toEqual(['bad-size']);
  });

  test('says when samples are of no node', () => {
    const { problems } = readHeapProfile(toBytes(parseHeapProfile(APP, '3#1 99#2')));
    expect(problems).toEqual(['unknown-sample-node']);
  });

  test('with hostile names keeps them as the texts they are', () => {
    const profile = app();
    const name = '</script>"\\\u001B[31m\u202E}{';
    profile.head.children[0]!.callFrame.functionName = name;
    const { tree } = readHeapProfile(toBytes(profile));
    expect(tree.frames.map(({ functionName }) => functionName)).toContain(name);
  });

  test('that is cut into single bytes is read the same', () => {
    const reader = new HeapProfileReader();
    for (const byte of toBytes(app())) reader.push(Uint8Array.of(byte));
    expect(drawHeapTree(reader.finish().tree)).toBe(DRAWN);
  });
});
