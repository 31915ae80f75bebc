import { describe, expect, test } from 'vitest';
import { IdentityPlacement } from '../../../src/model/source/placement.ts';
import { profileDocument } from '../../../src/present/document.ts';
import { Places } from '../../../src/present/places.ts';
import { reportMarkdown } from '../../../src/present/report-markdown.ts';
import { reportText } from '../../../src/present/report-text.ts';
import type { OperationRoute } from '../../../src/contracts/document.ts';
import { breakdownTitle, report } from '../../../src/present/report.ts';
import { dedent, parseCallTree } from '../../draw/call-tree.ts';

const NOT_REPAIRED = {
  checkedMicroseconds: 0,
  repairedMicroseconds: 0,
  estimatedMicroseconds: 0,
  ambiguousMicroseconds: 0,
  notRepairedMicroseconds: 0,
};

const document = (drawn: string, name = 'node shop.js') =>
  profileDocument({
    name,
    threads: [{ tree: parseCallTree(drawn), place: new IdentityPlacement(), repair: NOT_REPAIRED }],
    problems: [],
  });

const route = (keptCount: number): OperationRoute =>
  ({ kind: 'http', name: 'GET /', keptCount }) as unknown as OperationRoute;
const stalls = (keptCount: number): OperationRoute => ({ ...route(keptCount), kind: 'stall' });

const SHOP = `
  (root)
    - file:///app/server.js:1:1                           | 3: 10000
      rank file:///app/src/rank.js:11:20                  | 14: 300000, 15: 100000
        compare file:///app/node_modules/lib/i.js:2:1     | 2: 90000
    (garbage collector)                                   | 1: 20000
    (idle)                                                | 1: 480000`;

describe('the report as text', () => {
  test('names functions, lines and paths, and what to look at first', () => {
    const text = reportText(
      report(document(SHOP), new Places('/app'), new Map([['/app/src/rank.js:14', 'return a - b;']])),
    );
    expect(text).toBe(
      dedent(`
node shop.js · 1.00 s · 100,000 samples, one per 10.0 µs

What we found
  ● rank burns 77 % of the busy time by itself   src/rank.js:11
    Make it cheaper or call it less; its hottest lines are listed below.
  ● compare burns 17 % of the busy time by itself   node_modules/lib/i.js:2
    Make it cheaper or call it less; its hottest lines are listed below.

Where the time went: 520 ms busy, 48 % idle
  your code 79 % · packages 17 % · garbage collection 3.8 %

Hot functions
                self             total
  rank          77 %   400 ms   490 ms  src/rank.js:11
  compare       17 %  90.0 ms  90.0 ms  node_modules/lib/i.js:2
  (top level)  1.9 %  10.0 ms   500 ms  server.js:1

Hot lines
   58 %   300 ms  src/rank.js:14           return a - b;
   19 %   100 ms  src/rank.js:15
   17 %  90.0 ms  node_modules/lib/i.js:2
  1.9 %  10.0 ms  server.js:3

Hot paths
   77 %  (top level) → rank            src/rank.js:11
   17 %  (top level) → rank → compare  node_modules/lib/i.js:2
  1.9 %  (top level)                   server.js:1`)
        .join('\n')
        .replaceAll(/\n(?=What|Where|Hot)/g, '\n\n') + '\n',
    );
  });

  test('of a watch recording says what was kept, and calls nothing of the rest busy or idle', () => {
    const kept = { ...document(SHOP), scope: 'kept' as const, operations: [route(12), stalls(3)] };
    expect(breakdownTitle(kept)).toBe('kept: 12 slow operations, 520 ms of CPU; what was quick was not kept');
    expect(breakdownTitle({ ...kept, operations: [route(1)] })).toMatch(/^kept: 1 slow operation, 520 ms/);
    expect(breakdownTitle({ ...kept, operations: [] })).toMatch(/^kept: what was slow, 520 ms/);
    const nothing = { ...kept, threads: [], operations: [] };
    expect(reportText(report(nothing, new Places('/app'), new Map()))).toMatch(
      /^node shop.js · nothing was slow, so nothing was kept/,
    );
  });

  test('of nothing says so, and what to do', () => {
    const text = reportText(report(document('(root)'), new Places('/app'), new Map()));
    expect(text).toContain('Only 0 samples fell on work');
    expect(text).toContain('Record for longer');
  });
});

test('the report on a program that nobody has reported from says only why', () => {
  const problems = [
    { code: 'no-agent', message: 'No Node.js process has reported.', advice: 'Attach to it.' },
  ];
  const nothing = profileDocument({ name: 'sh start.sh', threads: [], problems });
  expect(reportText(report(nothing, new Places('/app'), new Map()))).toBe(
    'sh start.sh · nothing was sampled\n\nWorth knowing\n  ○ No Node.js process has reported.\n    Attach to it.\n',
  );
});

describe('names from programs', () => {
  const hostile =
    String.fromCodePoint(27) + ']0;owned' + String.fromCodePoint(7) + '<img src=x onerror=alert(1)>|`';
  const drawn = `
    (root)
      ${hostile.replaceAll(' ', '_')} file:///app/a.js:1:9 | 1: 1000000`;

  test('cannot steer a terminal', () => {
    const text = reportText(report(document(drawn, hostile), new Places('/app'), new Map()));
    expect([...text].filter(character => character < ' ' && character !== '\n')).toEqual([]);
    expect(text).toContain(String.raw`\x1b]0;owned\x07`);
  });

  test('are no markup in Markdown', () => {
    const markdown = reportMarkdown(report(document(drawn, hostile), new Places('/app'), new Map()));
    expect(markdown).not.toMatch(/(?<!\\)<img/);
    expect(markdown).not.toMatch(/(?<!\\)`/);
  });
});

describe('the document', () => {
  test('counts idle time in nothing but idle', () => {
    const { breakdown, hotFunctions } = document(SHOP);
    expect(breakdown).toMatchObject({ sampledMicroseconds: 1_000_000, idleMicroseconds: 480_000 });
    expect(hotFunctions[0]).toMatchObject({ name: 'rank', file: '/app/src/rank.js', line: 11 });
    expect(hotFunctions[0]?.share).toBeCloseTo(400 / 520);
  });
});
