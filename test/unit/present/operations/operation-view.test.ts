import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operationLedger } from '../../../../src/analysis/operations/ledger.ts';
import type { OperationRecord } from '../../../../src/contracts/operations.ts';
import type { OperationBar, OperationView } from '../../../../src/contracts/views/operation.ts';
import { operationText } from '../../../../src/present/operations/operation-text.ts';
import {
  operationView,
  type ShownOperation,
  withOperationPlaces,
} from '../../../../src/present/operations/operation-view.ts';
import { drawOperation } from '../../../draw/operations.ts';

const shown = (text: string | OperationRecord, more: Partial<ShownOperation> = {}): ShownOperation => {
  const record = typeof text === 'string' ? drawOperation(text) : text;
  const ledger = operationLedger(record);
  return { key: `p1-t0:${record.id}`, record, ledger, samples: 0, hotLines: [], ...more };
};

const view = (operation: ShownOperation, others: readonly ShownOperation[] = []): OperationView =>
  operationView(operation, {
    ...{ position: { rank: 1, of: 2 }, route: { count: 40, p50: '20.0 ms', p95: '112 ms' }, others },
    ...{ startedAt: undefined, placeOf: ({ file, line }) => (file === '' ? undefined : { file, line }) },
  });

const endOf = ({ fromMilliseconds, milliseconds }: OperationBar): number => fromMilliseconds + milliseconds;

/** `pool 2-5 ~ [a.js:3 select 1]` for each bar, the rows in their order. */
const drawnBars = ({ rows }: OperationView): string[] =>
  rows.flatMap(row =>
    row.bars.map(({ fromMilliseconds: from, milliseconds, certainty, item, overlaps }) => {
      const what = item === undefined ? undefined : row.items[item];
      return [
        `${row.kind}${row.isOnThread ? '!' : ''} ${from}-${from + milliseconds}`,
        ...(certainty === 'measured' ? [] : [certainty]),
        ...(what
          ? [
              `[${[what.place && `${what.place.file}:${what.place.line}`, what.text].filter(Boolean).join(' ')}]`,
            ]
          : []),
        ...overlaps.map(overlap => `+ ${overlap}`),
      ].join(' ');
    }),
  );

const ORDERS = `
  duration 60
  slices 0-2 12-14 50-60
  resumed 2 Timeout 3
  pool 2-5 pg-pool
  query 5-12 pg select 1
  await 2-12 a.js:3 TCPWRAP
  query 14-47 pg select 2 @a.js:9
  fs 20-30 node:fs /etc/hosts
`;

describe('the view of an operation', () => {
  test('has a row for each kind in the order of the panel, which are all of its time', () => {
    const { rows } = view(shown(ORDERS));
    expect(rows.map(({ kind }) => kind)).toEqual(['cpu', 'pool', 'query', 'loop']);
    expect(rows.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeCloseTo(60);
    expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('names what each bar was for, and what went on at the same time', () => {
    expect(drawnBars(view(shown(ORDERS)))).toEqual([
      'cpu 0-2',
      'cpu 12-14',
      'cpu 50-60',
      'pool 2-5 [a.js:3]',
      'query 5-12 [a.js:3 select 1]',
      'query 14-47 [a.js:9 select 2] + Files · /etc/hosts · 10.0 ms',
      'loop 47-50',
    ]);
  });

  test('says what nobody knows, and what is only known to be no more than that', () => {
    const { rows, summary, notes } = view(shown('duration 60\nslices 0-2 50-60\nresumed 1 - <3'));
    expect(rows.map(({ kind, certainty }) => `${kind} ${certainty}`)).toEqual([
      'cpu measured',
      'unknown measured',
    ]);
    expect(notes.join(' ')).toContain('For up to 3.00 ms of its waits');
    expect(summary).toBe('Most of its time is unexplained.');
  });

  test('spreads the measured CPU time over lines as they were sampled', () => {
    const hotLines = [
      { file: 'rank.js', line: 5, function: 'rank', selfMicroseconds: 9000, share: 0.75 },
      { file: 'rank.js', line: 9, selfMicroseconds: 1200, share: 0.1 },
    ];
    const { rows, notes } = view(shown(ORDERS, { hotLines, samples: 12 }));
    expect(rows[0]!.items.slice(0, 2).map(({ text }) => text)).toEqual(['rank', '']);
    expect(
      rows[0]!.items.map(({ place, text, milliseconds, count }) => [
        place?.line ?? text,
        milliseconds,
        count,
      ]),
    ).toEqual([
      [5, 10.5, 9],
      [9, expect.closeTo(1.4), 1],
      ['other lines, packages and Node itself', expect.closeTo(2.1), 2],
    ]);
    expect(notes).toContain('CPU time is measured; how it is spread over lines is from 12 samples.');
  });

  test('tells no time of lines that have less than one sample', () => {
    const hotLines = [
      { file: 'rank.js', line: 5, selfMicroseconds: 11_500, share: 11.5 / 12 },
      { file: 'rank.js', line: 9, selfMicroseconds: 500, share: 0.5 / 12 },
    ];
    const shownView = view(shown(ORDERS, { hotLines, samples: 12 }));
    expect(shownView.rows[0]!.items.map(({ count, certainty }) => `${count} ${certainty}`)).toEqual([
      '12 measured',
      '1 bound',
    ]);
    expect(operationText(shownView, file => file)).toMatch(
      / < 1\.17 ms +< 1\.9 % +rank\.js:9 \(1 sample\)$/m,
    );
  });

  test('tells what is not known of it', () => {
    const record = {
      ...drawOperation(ORDERS),
      isArmed: false,
      dropped: 1200,
      slicesFrom: 2000,
      end: 'open' as const,
    };
    const { notes, status } = view(shown(record));
    expect(notes.join(' ')).toMatch(
      /lines of its waits were not looked for.*still going on.*first 2\.00 ms was overwritten.*1,200 more waits/,
    );
    expect(status).toBe('still open');
  });

  test('has the kept operations inside it, by depth', () => {
    const outer = shown(ORDERS);
    const inner = (id: number, parent: number, start: number): ShownOperation =>
      shown({
        ...drawOperation('duration 5\nslices 0-5'),
        id,
        parent,
        kind: 'call',
        name: `call ${id}`,
        startMicroseconds: start,
      });
    const others = [outer, inner(7, 5, 22_000), inner(5, 1, 20_000), inner(8, 4, 20_000)];
    expect(
      view(outer, others).nested.map(({ name, depth, fromMilliseconds, key }) => [
        name,
        depth,
        fromMilliseconds,
        key,
      ]),
    ).toEqual([
      ['call 5', 0, 20, 'p1-t0:5'],
      ['call 7', 1, 22, 'p1-t0:7'],
    ]);
  });

  test('of a stall says who blocked the event loop, with its stack', () => {
    const record: OperationRecord = {
      ...drawOperation('duration 412\nslices 0-412'),
      ...{ kind: 'stall', name: 'stall', blocker: { id: 3, name: 'GET /report' } },
      stack: [
        { name: 'parse', file: '', line: 0, column: 0 },
        { name: '', file: '/app/rank.js', line: 5, column: 3 },
      ],
    };
    const { summary, stack } = view(shown(record));
    expect(summary).toBe('The event loop was blocked for 412 ms by GET /report: nothing else could run.');
    expect(stack).toEqual([
      { name: 'parse', text: 'native code' },
      { name: '(anonymous)', text: '/app/rank.js:5', place: { file: '/app/rank.js', line: 5 } },
    ]);
  });

  test.each([
    [
      ['readSync node:fs:3', 'readFileSync node:fs:9', 'load /app/report.js:12'],
      'fs.readFileSync, called at report.js:12.',
    ],
    [
      ['step /app/node_modules/@a/b/i.js:3', 'hash /app/node_modules/bcryptjs/x.js:1', 'login /app/l.js:4'],
      'hash of bcryptjs, called at l.js:4.',
    ],
    [
      ['open node:internal/fs/utils:3', 'load node:internal/modules/cjs/loader:9'],
      'open of Node itself; no line of the program had called that.',
    ],
  ])('of a stall in %j names the line of the program that led there', (frames, place) => {
    const stack = frames.map(text => {
      const [, name = '', file = '', line] = /^(\S*) (.*):(\d+)$/.exec(text) ?? [];
      return { name, file, line: Number(line), column: 1 };
    });
    const record = { ...drawOperation('duration 9\nslices 0-9'), kind: 'stall' as const, stack };
    expect(view(shown(record)).summary).toMatch(new RegExp(`It was in ${place.replaceAll('.', '\\.')}$`));
  });

  test('has its files where they are here', () => {
    const placed = withOperationPlaces(view(shown(ORDERS)), file => `/here/${file}`);
    expect(drawnBars(placed)[3]).toBe('pool 2-5 [/here/a.js:3]');
  });

  const hostile = fc.string({
    unit: fc.constantFrom('\u202E', '\u200B', '\u0085', '\u001B', '\n', '<', '"', 'a'),
  });

  test('is harmless whatever the program has written', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, detail) => {
        const record = {
          ...drawOperation(ORDERS),
          name,
          detail,
          waits: [{ kind: 'query' as const, from: 2000, length: 5000, library: name, detail }],
        };
        const all = JSON.stringify(view(shown(record)));
        expect(all).not.toMatch(/[\u202E\u200B\u0085]|\\u001b/i);
      }),
      { numRuns: 100 },
    );
  });

  test('is a partition whatever was recorded', () => {
    const time = fc.integer({ min: 0, max: 100_000 });
    const wait = fc.record({
      ...{ kind: fc.constantFrom('pool' as const, 'query' as const, 'fs' as const), from: time },
      ...{ length: fc.option(time), library: fc.constant('x') },
    });
    fc.assert(
      fc.property(
        time,
        fc.array(wait, { maxLength: 30 }),
        fc.uniqueArray(time, { maxLength: 20 }),
        (duration, waits, cuts) => {
          const edges = cuts.filter(cut => cut <= duration).sort((a, b) => a - b);
          const slices = edges.flatMap((from, index) =>
            index % 2 === 0 && edges[index + 1] !== undefined ? [from, edges[index + 1]! - from] : [],
          );
          const record = { ...drawOperation('duration 1'), durationMicroseconds: duration, slices, waits };
          const { rows } = view(shown(record));
          expect(rows.reduce((sum, each) => sum + each.milliseconds, 0)).toBeCloseTo(duration / 1000, 3);
          const bars = rows
            .flatMap(each => each.bars)
            .toSorted((a, b) => a.fromMilliseconds - b.fromMilliseconds);
          const holes = bars.slice(1).map((bar, index) => bar.fromMilliseconds - endOf(bars[index]!));
          for (const hole of holes) expect(hole).toBeCloseTo(0, 3);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('an operation as text has its rows, items, what is inside it, and what is not known', () => {
  const hotLines = [{ file: '/app/rank.js', line: 5, function: 'rank', selfMicroseconds: 9000, share: 1 }];
  const text = operationText(view(shown(ORDERS, { hotLines, samples: 12 })), file =>
    file.replace('/app/', ''),
  );
  expect(text.split('\n')).toEqual([
    'GET / · 60.0 ms',
    '40 requests, p50 20.0 ms, p95 112 ms; the slowest of 2 kept',
    'It waited 67 % of its time for queries: select 2',
    '',
    '  CPU         14.0 ms   23 %  rank.js:5 rank',
    '  Pool        3.00 ms  5.0 %  a.js:3',
    '  Query       40.0 ms   67 %',
    '              33.0 ms   55 %  a.js:9 select 2',
    '              7.00 ms   12 %  a.js:3 select 1',
    '  Event loop  3.00 ms  5.0 %',
    '',
    'CPU time is measured; how it is spread over lines is from 12 samples.',
    '',
  ]);
});
