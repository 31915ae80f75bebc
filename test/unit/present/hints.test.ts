import { describe, expect, test } from 'vitest';
import { IdentityPlacement, type Placement } from '../../../src/model/source/placement.ts';
import { analyseThreads, type Analysed } from '../../../src/present/document.ts';
import { fileHints } from '../../../src/present/hints.ts';
import { callerNodes, recordingView, withPlaces } from '../../../src/present/recording-view.ts';
import { metricsOf, weighedBy, type Weighed } from '../../../src/present/weighed.ts';
import { parseCallTree } from '../../draw/call-tree.ts';

const REPAIR = {
  checkedMicroseconds: 0,
  repairedMicroseconds: 0,
  estimatedMicroseconds: 0,
  ambiguousMicroseconds: 0,
  notRepairedMicroseconds: 0,
};

const AGENT = '/slowcatch/agent.cjs';

const thread = (drawn: string, place: Placement = new IdentityPlacement()) => ({
  tree: parseCallTree(drawn),
  place,
  repair: REPAIR,
  agent: AGENT,
});

const analysed = (...threads: readonly string[]) =>
  analyseThreads({ name: 'shop', threads: threads.map(drawn => thread(drawn)), problems: [] });

const ofTime = (all: Analysed): Weighed => weighedBy(all, 'cpu');

/** `rank.js:14 [4] 58 % self`: file, line, heat, text. */
const drawn = (tree: string): string[] =>
  fileHints(ofTime(analysed(tree))).flatMap(({ file, hints }) =>
    hints.map(({ line, heat, text }) => `${file.split('/').at(-1)}:${line} [${heat}] ${text}`),
  );

const SHOP = `
  (root)
    - file:///app/server.js:1:1                           | 3: 10000
      rank file:///app/src/rank.js:11:20                  | 14: 300000, 15: 100000
        compare file:///app/node_modules/lib/i.js:2:1     | 2: 90000
        readFileSync node:fs:400:1                        | 401: 20000
    (idle)                                                | 1: 480000`;

describe('the hints of a recording', () => {
  test('stand at hot lines and at the heads of functions, and leave out what a file runs when it is loaded', () => {
    expect(drawn(SHOP)).toEqual([
      'rank.js:11 [0] 98 % · 510 ms',
      'rank.js:14 [4] 58 % self',
      'rank.js:15 [4] 19 % self',
      'i.js:2 [4] 17 % self · function 17 % · 90.0 ms',
      'server.js:3 [2] 1.9 % self',
    ]);
  });

  test('know who calls a function and what it calls, with places for what can be opened', () => {
    const [rank] =
      fileHints(ofTime(analysed(SHOP))).find(({ file }) => file.endsWith('rank.js'))?.hints[0]?.functions ??
      [];
    expect(rank).toMatchObject({
      name: 'rank',
      self: { share: '77 %', amount: '400 ms' },
      total: { share: '98 %', amount: '510 ms' },
      callers: [{ name: '(top level)', share: '100 %', place: { file: '/app/server.js', line: 1 } }],
      callees: [
        { name: 'compare', share: '18 %', place: { file: '/app/node_modules/lib/i.js', line: 2 } },
        { name: 'readFileSync', share: '3.9 %' },
      ],
    });
    expect(rank?.callees[1]).not.toHaveProperty('place');
  });

  test('count a recursive function once, and its calls of itself never', () => {
    const tree = `
  (root)
    walk file:///app/tree.js:1:14        | 2: 100000
      walk file:///app/tree.js:1:14      | 2: 100000
        walk file:///app/tree.js:1:14    | 2: 100000
          leaf file:///app/tree.js:9:14  | 9: 100000`;
    const [walk] = fileHints(ofTime(analysed(tree)))[0]?.hints[0]?.functions ?? [];
    expect(walk?.total.share).toBe('100 %');
    expect(walk?.callers).toEqual([]);
    expect(walk?.callees.map(({ name, share }) => `${name} ${share}`)).toEqual(['leaf 25 %']);
  });

  test("have nothing of Slowcatch's own: no time, no callers, no callees", () => {
    const tree = `
  (root)
    main file:///app/m.js:3:1              | 4: 100000
      _compile ${AGENT}:5:1                | 6: 100
        load file:///app/b.js:1:14         | 2: 100000
      - ${AGENT}:9:1                       | 9: 50000
        readFileSync node:fs:400:1         | 401: 50000
      - :1:1                               | 1: 50000
        swap ${AGENT}:20:1                 | 21: 50000
      -                                    | 1: 50000
        start ${AGENT}:30:1                | 31: 50000
    readFileSync node:fs:400:1             | 401: 200`;
    const all = analysed(tree);
    const functions = fileHints(ofTime(all)).flatMap(({ hints }) => hints.flatMap(hint => hint.functions));
    expect(functions.map(({ name, total }) => `${name} ${total.share}`)).toEqual(['main 100 %', 'load 50 %']);
    expect(functions[1]?.callers).toMatchObject([{ name: 'main', share: '100 %' }]);
    expect(functions[0]?.callees.map(({ name, share }) => `${name} ${share}`)).toEqual(['load 50 %']);
    const load = recordingView(all).hotPaths.find(({ name }) => name === 'load');
    expect(callerNodes(ofTime(all), load!.chain).map(({ name }) => name)).toEqual(['main']);
    const read = all.profile.functions.findIndex(({ name }) => name === 'readFileSync');
    expect(callerNodes(ofTime(all), [read])).toEqual([]);
  });

  test('of one file that several threads and processes ran add up, as shares of all that was busy', () => {
    const rank = (time: number) => `
  (root)
    rank file:///app/rank.js:1:14 | 2: ${time}
    (idle)                        | 1: 900000`;
    const other = `
  (root)
    other file:///app/o.js:1:14   | 2: 100000`;
    const hints = fileHints(ofTime(analysed(rank(100_000), rank(200_000), other)));
    expect(hints.find(({ file }) => file === '/app/rank.js')?.hints.map(({ text }) => text)).toEqual([
      '75 % · 300 ms',
      '75 % self',
    ]);
  });

  test('of a file that was changed are those of its newest text; what ran before keeps its name apart', () => {
    class Earlier extends IdentityPlacement {
      override isEarlierText = () => true;
    }
    const run = (line: number, time: number) => `
  (root)
    rank file:///app/rank.js:${line}:14 | ${line + 1}: ${time}`;
    const threads = [thread(run(1, 300_000), new Earlier()), thread(run(3, 100_000))];
    const all = analyseThreads({ name: 'shop', threads, problems: [] });
    expect(
      fileHints(ofTime(all)).map(({ file, hints }) => [file, hints.map(({ line, text }) => [line, text])]),
    ).toEqual([
      [
        '/app/rank.js',
        [
          [3, '25 % · 100 ms'],
          [4, '25 % self'],
        ],
      ],
    ]);
    expect(all.document.hotLines.map(({ line }) => line)).toEqual([4]);
    expect(recordingView(all).hotPaths.map(({ name, share }) => `${name} ${share}`)).toEqual([
      'rank (before a change) 75 %',
      'rank 25 %',
    ]);
  });

  test('are none for a program that did nothing', () => {
    expect(
      drawn(`
  (root)
    (idle)  | 1: 480000`),
    ).toEqual([]);
  });
});

describe('the view of a recording', () => {
  test('has the hottest functions with their callers, as far as there are any', () => {
    const all = analysed(SHOP);
    const { hotPaths, breakdown } = recordingView(all);
    expect(hotPaths.map(({ name, share, amount, hasCallers }) => [name, share, amount, hasCallers])).toEqual([
      ['rank', '77 %', '400 ms', true],
      ['compare', '17 %', '90.0 ms', true],
      ['(top level)', '1.9 %', '10.0 ms', false],
    ]);
    expect(breakdown).toEqual({
      busy: '520 ms busy, 48 % idle',
      parts: [
        { name: 'your code', share: '79 %' },
        { name: 'packages', share: '17 %' },
        { name: 'Node', share: '3.8 %' },
      ],
    });
    const [caller] = callerNodes(ofTime(all), hotPaths[1]!.chain);
    expect(caller).toMatchObject({ name: 'rank', share: '17 %', hasCallers: true });
    expect(callerNodes(ofTime(all), caller!.chain).map(({ name }) => name)).toEqual(['(top level)']);
    expect(callerNodes(ofTime(all), [999])).toEqual([]);
    expect(callerNodes(ofTime(all), [])).toEqual([]);
  });

  test('shows hostile names as harmless text', () => {
    const view = recordingView(
      analysed(`
  (root)
    a\u001b[31m file:///app/a.js:3:1  | 4: 100000`),
    );
    expect(view.hotPaths[0]?.name).toBe(String.raw`a\x1b[31m`);
    expect(view.findings[0]?.message).not.toContain('\u001b');
  });

  test('has its places where the files are now', () => {
    const view = withPlaces(recordingView(analysed(SHOP)), file => file.replace('/app', '/code/shop'));
    expect(view.files.map(({ file }) => file)).toContain('/code/shop/src/rank.js');
    expect(view.hotPaths[0]?.place?.file).toBe('/code/shop/src/rank.js');
    expect(view.findings[0]?.place?.file).toBe('/code/shop/src/rank.js');
  });
});

/** 500 kB in all; the tree's numbers are bytes. */
const ALLOCATED = `
  (root)
    - file:///app/server.js:1:1                           | 3: 5000
      build file:///app/src/build.js:4:16                 | 5: 95000
        parse file:///app/src/parse.js:2:15               | 3: 300000
        readFileSync node:fs:400:1                        | 401: 100000`;
const HELD = `
  (root)
    remember file:///app/src/cache.js:7:18                | 8: 40000
    parse file:///app/src/parse.js:2:15                   | 3: 10000`;

const withAllocations = () => {
  const tree = (drawn: string) => {
    const { lineNode: _, ...rest } = parseCallTree(drawn);
    // V8 tells no lines of allocations.
    return {
      ...rest,
      lineNode: new Int32Array(0),
      lineNumber: new Int32Array(0),
      lineMicroseconds: new Float64Array(0),
    };
  };
  const place = new IdentityPlacement();
  return analyseThreads({
    name: 'shop',
    threads: [thread(SHOP)],
    allocations: [
      { metric: 'allocated', tree: tree(ALLOCATED), place },
      { metric: 'live', tree: tree(HELD), place },
    ],
    problems: [],
  });
};

describe('what a recording shows of its memory', () => {
  const hintsOf = (metric: 'allocated' | 'live'): string[] =>
    fileHints(weighedBy(withAllocations(), metric)).flatMap(({ file, hints }) =>
      hints.map(({ line, heat, text }) => `${file.split('/').at(-1)}:${line} [${heat}] ${text}`),
    );

  test('stands at the heads of functions in bytes, as no line is known', () => {
    expect(hintsOf('allocated')).toEqual([
      'build.js:4 [4] 495 KB · 99 % of allocations · 95.0 KB by itself',
      'parse.js:2 [4] 300 KB · 60 % of allocations',
    ]);
    expect(hintsOf('live')).toEqual([
      'cache.js:7 [4] 40.0 KB still held · 80 %',
      'parse.js:2 [4] 10.0 KB still held · 20 %',
    ]);
  });

  test('is chosen by metric, with hot paths and callers of its own; without a choice it is of the CPU', () => {
    const all = withAllocations();
    expect(metricsOf(all)).toEqual(['cpu', 'allocated', 'live']);
    expect(recordingView(all)).toMatchObject({ metric: 'cpu', total: '520 ms' });
    const { total, hotPaths } = recordingView(all, 'allocated');
    expect([total, ...hotPaths.map(({ name, share, amount }) => `${name} ${share} ${amount}`)]).toEqual([
      '500 KB',
      'parse 60 % 300 KB',
      'build 19 % 95.0 KB',
      '(top level) 1.0 % 5.00 KB',
    ]);
    const [caller] = callerNodes(weighedBy(all, 'allocated'), hotPaths[0]!.chain);
    expect(caller).toMatchObject({ name: 'build', amount: '300 KB' });
  });

  test('of a file without times says nothing of times', () => {
    const [live] = withAllocations().allocations.slice(-1);
    const { tree, place } = live!.profile.threads[0]!;
    const file = analyseThreads({
      name: 'x.heapprofile',
      threads: [],
      allocations: [{ metric: 'live', tree, place }],
      problems: [],
    });
    const { summary, findings, metric, metrics } = recordingView(file);
    expect([summary, findings, metric, metrics]).toEqual(['50.0 KB · 5,000 samples', [], 'live', ['live']]);
  });

  test('cannot be shown where it was not recorded', () => {
    expect(() => recordingView(analysed(SHOP), 'live')).toThrow('holds nothing to show for "live"');
  });
});
