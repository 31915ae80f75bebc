import { describe, expect, test } from 'vitest';
import { breakdown } from '../../../../src/analysis/cpu/breakdown.ts';
import { callers } from '../../../../src/analysis/cpu/callers.ts';
import { heaviest } from '../../../../src/analysis/cpu/heaviest.ts';
import { hotFunctions } from '../../../../src/analysis/cpu/hot-functions.ts';
import { hotLines } from '../../../../src/analysis/cpu/hot-lines.ts';
import { hotPaths } from '../../../../src/analysis/cpu/hot-paths.ts';
import { placeFunctions, type PlacedProfile } from '../../../../src/analysis/cpu/placed-profile.ts';
import { functionTotals } from '../../../../src/analysis/cpu/totals.ts';
import { IdentityPlacement, type Placement } from '../../../../src/model/source/placement.ts';
import { parseCallTree } from '../../../draw/call-tree.ts';
import { placed, placedBy } from './drawn-profile.ts';

const APP = `
  (root)
    (idle)                             | 1: 1000
    (garbage collector)                | 1: 50
    main /app.js:1:1                   | 2: 100, 3: 50
      readFile node:fs:9:1             | 9: 30
        work /app.js:10:1              | 11: 400
      parse /node_modules/yaml/y.js:5:1 | 6: 120
        work /app.js:10:1              | 11: 50, 12: 200
`;

const functions = (profile: PlacedProfile, limit = 10): string[] =>
  hotFunctions(profile, functionTotals(profile), limit).map(
    ({ name, file, line, selfMicroseconds, totalMicroseconds, share }) =>
      `${name} ${file}:${line} ${selfMicroseconds}/${totalMicroseconds} ${share.toFixed(2)}`,
  );

const lines = (profile: PlacedProfile, limit = 10): string[] =>
  hotLines(profile, functionTotals(profile), limit).map(
    ({ file, line, selfMicroseconds, share }) => `${file}:${line} ${selfMicroseconds} ${share.toFixed(2)}`,
  );

describe('hot functions', () => {
  test('are those with most self time, with shares of the time that was not idle', () => {
    expect(functions(placed(APP))).toEqual([
      'work /app.js:10 650/650 0.65',
      'main /app.js:1 150/950 0.15',
      'parse /node_modules/yaml/y.js:5 120/370 0.12',
    ]);
  });

  test('are at most as many as asked for', () => {
    expect(functions(placed(APP), 1)).toEqual(['work /app.js:10 650/650 0.65']);
  });

  test("of Node's own are told apart", () => {
    const profile = placed(APP);
    const found = hotFunctions(profile, functionTotals(profile), 10, ['node']);
    expect(found.map(({ name, samples }) => `${name} ${samples}`)).toEqual(['readFile 3']);
  });

  test('of an idle program are none', () => {
    expect(functions(placed('(root)\n  (idle) | 1: 5'))).toEqual([]);
  });
});

describe('hot lines', () => {
  test('are those with most self time, over all functions and threads', () => {
    expect(lines(placed(APP, APP))).toEqual([
      '/app.js:11 900 0.45',
      '/app.js:12 400 0.20',
      '/node_modules/yaml/y.js:6 240 0.12',
      '/app.js:2 200 0.10',
      '/app.js:3 100 0.05',
    ]);
    expect(lines(placed(APP), 2)).toEqual(['/app.js:11 450 0.45', '/app.js:12 200 0.20']);
  });

  test('stand in the source, and lines that cannot be placed for certain stay with their function', () => {
    const place: Placement = {
      functionAt: ({ functionName }) => ({ name: functionName, file: '/src/app.ts', line: 1, column: 1 }),
      unmovedFile: () => undefined,
      isEarlierText: () => false,
      lineAt: (_, line) => (line === 12 ? undefined : { file: '/src/app.ts', line: Math.ceil(line / 10) }),
    };
    const profile = placedBy(place, APP);
    expect(lines(profile)).toEqual(['/src/app.ts:2 450 0.45', '/src/app.ts:1 270 0.27']);
    expect(functions(profile)[0]).toBe('work /src/app.ts:1 650/650 0.65');
  });
});

describe('callers', () => {
  const names = (profile: PlacedProfile, ...chain: string[]): string[] => {
    const index = (name: string): number => profile.functions.findIndex(each => each.name === name);
    return callers(profile, chain.map(index)).map(
      ({ function: caller, selfMicroseconds }) => `${profile.functions[caller]!.name} ${selfMicroseconds}`,
    );
  };

  test('share the self time of the function they call', () => {
    expect(names(placed(APP), 'work')).toEqual(['readFile 400', 'parse 250']);
    expect(names(placed(APP, APP), 'work')).toEqual(['readFile 800', 'parse 500']);
  });

  test('of callers are found along a chain', () => {
    expect(names(placed(APP), 'work', 'parse')).toEqual(['main 250']);
    expect(names(placed(APP), 'work', 'parse', 'main')).toEqual([]);
    expect(names(placed(APP), 'work', 'main')).toEqual([]);
  });

  test('of a recursive function are itself, too', () => {
    const profile = placed(`
      (root)
        main /app.js:1:1  | 2: 1
          f /app.js:5:1   | 6: 10
            f /app.js:5:1 | 6: 100
    `);
    expect(names(profile, 'f')).toEqual(['f 100', 'main 10']);
  });
});

describe('hot paths', () => {
  test("lead from the outermost function to the one that burns the time, past Node's own", () => {
    const profile = placed(APP, APP);
    const found = hotPaths(profile, functionTotals(profile), 3);
    expect(
      found.map(
        path =>
          `${path.functions.map(({ name }) => name).join(' > ')} ${path.selfMicroseconds} ${path.share.toFixed(2)}`,
      ),
    ).toEqual(['main > work 800 0.40', 'main > parse > work 500 0.25', 'main 300 0.15']);
  });
});

describe('the breakdown', () => {
  const AGENT = '/opt/slowcatch/dist/agent.cjs';
  const parts = (drawn: string, agent?: string): string =>
    Object.entries(
      breakdown(
        placeFunctions([
          { tree: parseCallTree(drawn), place: new IdentityPlacement(), ...(agent ? { agent } : {}) },
        ]),
      ),
    )
      .map(([key, time]) => `${key.replace('Microseconds', '')} ${time}`)
      .filter(part => !part.endsWith(' 0'))
      .join(', ');

  test('has every part, and they add up to all that was sampled', () => {
    expect(
      parts(`${APP}
    (program)        | 1: 7
    (root)           | 1: 3
    writev           | 1: 40
    wasm-function[4] wasm://wasm/7ad:1:9 | 1: 2
    boot node:internal/boot:3:1 | 3: 8
    `),
    ).toBe(
      'sampled 2060, idle 1000, garbageCollection 50, program 10, native 42, node 38, packages 120, own 800',
    );
  });

  test("does not take a function of a script for one of V8's states, whatever its name", () => {
    expect(
      parts(`
      (root)
        (idle) /app.js:3:1 | 3: 5
    `),
    ).toBe('sampled 5, own 5');
  });

  test('finds packages inside a bundle by the source', () => {
    const place: Placement = {
      functionAt: ({ functionName }) => ({
        name: functionName,
        file: `/app/node_modules/${functionName}/index.js`,
        line: 1,
        column: 1,
      }),
      unmovedFile: () => undefined,
      isEarlierText: () => false,
      lineAt: () => undefined,
    };
    expect(breakdown(placedBy(place, '(root)\n  yaml /dist/bundle.js:1:1 | 1: 5')).packagesMicroseconds).toBe(
      5,
    );
  });

  test("knows Slowcatch's agent and all it does, but not what its hooks lead to", () => {
    const drawn = `
      (root)
        flush ${AGENT}:10:1     | 11: 5
          writeSync node:fs:2:1 | 2: 20
        spawn ${AGENT}:90:1     | 91: 1
          main /app.js:1:1      | 2: 300
    `;
    expect(parts(drawn, AGENT)).toBe('sampled 326, own 300, slowcatch 26');
    expect(parts(drawn)).toBe('sampled 326, node 20, own 306');
  });
});

describe('the heaviest', () => {
  test('values come first, equal ones in their order, and nothing that is 0', () => {
    expect(heaviest(Float64Array.of(3, 0, 9, 3, 7, -1), 10)).toEqual([2, 4, 0, 3]);
    expect(heaviest(Float64Array.of(3, 0, 9, 3, 7), 3)).toEqual([2, 4, 0]);
    expect(heaviest(new Float64Array(0), 3)).toEqual([]);
  });

  test('of many are the same as of all of them sorted', () => {
    const values = Float64Array.from({ length: 5000 }, (_, index) => (index * 7919) % 1009);
    const sorted = [...values.keys()]
      .filter(index => values[index]! > 0)
      .sort((a, b) => values[b]! - values[a]! || a - b);
    for (const limit of [1, 2, 50, 4999, Infinity])
      expect(heaviest(values, limit)).toEqual(sorted.slice(0, limit));
  });
});
