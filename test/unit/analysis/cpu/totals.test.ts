import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlacedProfile } from '../../../../src/analysis/cpu/placed-profile.ts';
import { functionTotals, nodeTotals } from '../../../../src/analysis/cpu/totals.ts';
import { AGENT, placed, placedWithAgent } from './drawn-profile.ts';

/** `name self/total`, by name. */
function draw(profile: PlacedProfile): string {
  const { self, total } = functionTotals(profile);
  return profile.functions
    .map(({ name }, index) => `${name} ${self[index]}/${total[index]}`)
    .sort()
    .join(', ');
}

describe('totals of functions', () => {
  test('hold what the functions call', () => {
    const profile = placed(`
      (root)
        main /app.js:1:1     | 2: 10
          work /app.js:10:1  | 11: 200
            leaf /b.js:1:1   | 2: 30
        leaf /b.js:1:1       | 2: 1
    `);
    expect(draw(profile)).toBe('leaf 31/31, main 10/240, work 200/230');
  });

  test('count time below a recursive call once', () => {
    const profile = placed(`
      (root)
        a /app.js:1:1       | 1: 1
          b /app.js:5:1     | 5: 10
            a /app.js:1:1   | 1: 100
              b /app.js:5:1 | 5: 1000
        b /app.js:5:1       | 5: 10000
          b /app.js:5:1     | 5: 100000
    `);
    expect(draw(profile)).toBe('a 101/1111, b 111010/111110');
  });

  test('of several threads add up where the source is the same', () => {
    const thread = `
      (root)
        main /app.js:1:1 | 2: 10
        main /app.js:7:1 | 8: 1
    `;
    expect(draw(placed(thread, thread))).toBe('main 2/2, main 20/20');
  });

  test("leave out V8's states, and idle time leaves the CPU time", () => {
    const profile = placed(`
      (root)
        (program)           | 1: 5
        (garbage collector) | 1: 20
        (idle)              | 1: 1000
        main /app.js:1:1    | 2: 10
    `);
    expect(draw(profile)).toBe('main 10/10');
    expect(functionTotals(profile).cpuMicroseconds).toBe(35);
  });

  test('of any tree are what a search from every node to the root finds', () => {
    const parents = fc.array(fc.tuple(fc.nat(), fc.constantFrom('a', 'b', 'c'), fc.nat(9)), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(parents, nodes => {
        const profile = placed(drawTree(nodes));
        const [thread] = profile.threads;
        const { tree, functionOf } = thread!;
        const found = new Float64Array(profile.functions.length);
        for (let node = 0; node < tree.nodeCount; node++) {
          const above = new Set<number>();
          for (let at = node; at >= 0; at = tree.parent[at]!) above.add(functionOf[tree.frame[at]!]!);
          for (const index of above) if (index >= 0) found[index]! += tree.self[node]!;
        }
        expect(functionTotals(profile).total).toEqual(found);
        expect(nodeTotals(thread!)[0]).toBe(tree.self.reduce((sum, self) => sum + self, 0));
      }),
    );
  });

  test('of a node hold those of all nodes below it', () => {
    const { threads } = placed(`
      (root)
        a /app.js:1:1   | 1: 1
          b /app.js:5:1 | 5: 10
        c /app.js:9:1   | 9: 100
    `);
    expect([...nodeTotals(threads[0]!)]).toEqual([111, 11, 10, 100]);
  });

  test("leave out Slowcatch's own work, below its hooks the program's own counts", () => {
    const profile = placedWithAgent(`
      (root)
        main /app.js:1:1                   | 2: 10
          _compile ${AGENT}:5:1            | 6: 1000
            load /b.js:1:1                 | 2: 30
          keep ${AGENT}:9:1                | 9: 2000
            readFileSync node:fs:400:1     | 401: 4000
        keep ${AGENT}:9:1                  | 9: 8000
    `);
    expect(draw(profile)).toBe('_compile 0/30, keep 0/0, load 30/30, main 10/40, readFileSync 0/0');
    expect(functionTotals(profile).cpuMicroseconds).toBe(40);
  });
});

/** Nodes as (any number that tells the parent, name, time). */
function drawTree(nodes: readonly (readonly [number, string, number])[]): string {
  const parent = nodes.map(([above], index) => (above % (index + 1)) - 1);
  const draw = (node: number, depth: number): string[] => [
    `${'  '.repeat(depth)}${node === -1 ? '(root)' : `${nodes[node]![1]} /${nodes[node]![1]}.js:1:1 | 1: ${nodes[node]![2]}`}`,
    ...parent.flatMap((above, child) => (above === node ? draw(child, depth + 1) : [])),
  ];
  return draw(-1, 0).join('\n');
}
