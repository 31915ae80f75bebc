import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnStacks, type DetailLimits } from '../../../../src/analysis/stacks/drawn-stacks.ts';
import type { StackProfile } from '../../../../src/model/stacks/stack-profile.ts';
import { stacksOf } from '../../../draw/stacks-of.ts';

const ALL: DetailLimits = { mostNodes: 1000, deepest: 1000 };

/** Drawn nodes by name with what is left out below them: `tick 50 + 3 in 2`. */
function draw({ functions, tracks }: StackProfile, limits: DetailLimits): string {
  const [track] = tracks;
  const drawn = drawnStacks(track!, limits);
  const depth: number[] = [];
  const rows = [...drawn.node].map((node, row) => {
    depth[row] = row === 0 ? 0 : depth[drawn.parent[row]!]! + 1;
    const name = row === 0 ? 'root' : functions[track!.function[node]!]!.name;
    const rest = drawn.restCount[row]! > 0 ? ` + ${drawn.rest[row]} in ${drawn.restCount[row]}` : '';
    return `${'  '.repeat(depth[row])}${name} ${track!.self[node]}${rest}`;
  });
  return rows.join('\n');
}

const SHOP = stacksOf(`
  main
    idle other.js:1 0
      waiting other.js:2 0
    serve shop.js:1 10
      rank shop.js:9 60
        compare shop.js:12 30
          less shop.js:14 2
      send shop.js:20 3
    (program) 5
`);

test('a small profile is drawn whole, but for what weighs nothing', () => {
  expect(draw(SHOP, ALL)).toBe(
    [
      'root 0',
      '  serve 10',
      '    rank 60',
      '      compare 30',
      '        less 2',
      '    send 3',
      '  (program) 5',
    ].join('\n'),
  );
});

test('the lightest frames are left out, and counted at the frame that called them', () => {
  expect(draw(SHOP, { ...ALL, mostNodes: 4 })).toBe(
    ['root 0 + 5 in 1', '  serve 10 + 3 in 1', '    rank 60', '      compare 30 + 2 in 1'].join('\n'),
  );
});

test('frames that are too deep are left out, however heavy they are', () => {
  expect(draw(SHOP, { ...ALL, deepest: 1 })).toBe(
    ['root 0', '  serve 10 + 95 in 4', '  (program) 5'].join('\n'),
  );
});

test('of frames that weigh the same as many are drawn as there is room for', () => {
  const flat = stacksOf(`
    main
      a x.js:1 1
      b x.js:2 1
      c x.js:3 1
  `);
  expect(draw(flat, { ...ALL, mostNodes: 3 })).toBe(['root 0 + 1 in 1', '  a 1', '  b 1'].join('\n'));
});

test('a recursion of 100,000 frames is cut', () => {
  const nodeCount = 100_001;
  const track = {
    ...stacksOf('main').tracks[0]!,
    nodeCount,
    parent: Int32Array.from({ length: nodeCount }, (_, node) => node - 1),
    function: new Int32Array(nodeCount).fill(0).fill(-1, 0, 1),
    self: new Float64Array(nodeCount).fill(1, 1),
  };
  const drawn = drawnStacks(track, { mostNodes: 10_000, deepest: 400 });
  expect([drawn.node.length, drawn.rest[400]]).toEqual([401, 99_600]);
});

test('nothing is lost: what is drawn and what is left out add up, parents come first', () => {
  const trees = fc.array(fc.record({ up: fc.nat(9), self: fc.integer({ min: 1, max: 100 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      trees,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      (tree, mostNodes, deepest) => {
        const track = {
          ...stacksOf('main').tracks[0]!,
          nodeCount: tree.length + 1,
          parent: Int32Array.of(-1, ...tree.map(({ up }, index) => Math.max(0, index - up))),
          function: Int32Array.of(-1, ...tree.map(() => 0)),
          self: Float64Array.of(0, ...tree.map(({ self }) => self)),
        };
        const total = track.self.reduce((sum, self) => sum + self, 0);
        const { node, parent, rest, restCount } = drawnStacks(track, { mostNodes, deepest });
        const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);
        expect(sum([...node].map(each => track.self[each]!)) + sum(rest)).toBe(total);
        expect(node.length + sum(restCount)).toBe(track.nodeCount);
        expect(node.length).toBeLessThanOrEqual(mostNodes + 1);
        expect(parent.every((above, row) => above < row)).toBe(true);
      },
    ),
  );
});
