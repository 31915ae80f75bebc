import { describe, expect, test } from 'vitest';
import type { KeptOperation, OperationRoute } from '../../../../src/contracts/document.ts';
import type { FileHints } from '../../../../src/contracts/views/recording.ts';
import { withOperationHints } from '../../../../src/present/operations/operation-hints.ts';
import { operationNodes, operationsSection } from '../../../../src/present/operations/route-nodes.ts';
import { routeText } from '../../../../src/format/route-text.ts';

const kept = (durationMilliseconds: number, more: Partial<KeptOperation> = {}): KeptOperation => ({
  ...{
    key: `p1-t0:${durationMilliseconds}`,
    startMicroseconds: 1_500_000,
    durationMilliseconds,
    cpuMilliseconds: 1,
  },
  ...{ end: 'ended', waits: [], sampledMicroseconds: 0, samples: 0, hotLines: [] },
  ...more,
});

const route = (
  name: string,
  durations: readonly number[],
  more: Partial<OperationRoute> = {},
): OperationRoute => ({
  ...{
    kind: 'http',
    name,
    count: 100,
    slowCount: durations.length,
    errorCount: 0,
    keptCount: durations.length,
  },
  ...{ thresholdMilliseconds: 100, p50Milliseconds: 40, p95Milliseconds: 80, p99Milliseconds: 90 },
  ...{ maxMilliseconds: 95, waits: [], cpuMilliseconds: 0, samples: 0, hotLines: [], hotFunctions: [] },
  keptMilliseconds: durations.reduce((sum, each) => sum + each, 0),
  kept: durations.map(duration => kept(duration)),
  ...more,
});

describe('slow operations of a recording', () => {
  test('are listed by the time that was lost above the threshold, not by how many or how long', () => {
    const { routes, threshold } = operationsSection([
      route('many', [110, 110, 110]),
      route('one', [180]),
      route('not all kept', [150], { slowCount: 4 }),
      route('fast', []),
    ]);
    expect(routes.map(({ name, lost }) => `${name} ${lost}`)).toEqual([
      'not all kept 200 ms',
      'one 80.0 ms',
      'many 30.0 ms',
    ]);
    expect(threshold).toBe('> 100 ms');
  });

  test('have stalls apart from requests', () => {
    const { routes, stalls, empty } = operationsSection([
      route('stall', [300], { kind: 'stall' }),
      route('a', [200]),
    ]);
    expect(routes.map(({ name }) => name)).toEqual(['a']);
    expect(stalls?.slowCount).toBe(1);
    expect(empty).toBeUndefined();
  });

  test('where all were fast say so, with the slowest of them', () => {
    const { empty } = operationsSection([
      route('a', [], { count: 3000, p95Milliseconds: 20 }),
      route('b', [], { count: 120, p95Milliseconds: 60 }),
    ]);
    expect(empty?.text).toBe('All 3,120 stayed below 100 ms');
    expect(empty?.slowest.map(({ name, p95 }) => `${name} ${p95}`)).toEqual(['b 60.0 ms', 'a 20.0 ms']);
  });

  test('of a program that serves nothing say what to do', () => {
    expect(operationsSection([]).empty).toMatchObject({
      text: 'No operations',
      detail: expect.stringContaining('watch a function') as string,
      slowest: [],
    });
    expect(operationsSection([], true).empty?.text).toBe('No operation has ended yet');
  });

  test('with several thresholds name the range', () => {
    const slow = route('b', [2000], { thresholdMilliseconds: 1500 });
    expect(operationsSection([route('a', [200]), slow]).threshold).toBe('> 100 ms … 1.5 s');
  });

  test('tell of each how it ended, when it was and what it waited for', () => {
    const mainCause = { kind: 'pool', isOnThread: false, milliseconds: 250, share: 0.61 } as const;
    const one = route('GET /orders', [], {
      kept: [
        kept(412, { status: 200, detail: '/orders?user=1', mainCause }),
        kept(300, { status: 503 }),
        kept(200, { end: 'aborted' }),
      ],
    });
    const zero = new Date(2026, 10, 27, 10, 31, 20, 980).getTime();
    const drawn = operationNodes(one, zero).map(({ duration, cause, time, status, isFailure }) =>
      [duration, cause, time, status, isFailure ? 'failed' : 'fine'].join(' '),
    );
    expect(drawn).toEqual([
      '412 ms pool 61 % 10:31:22 200 fine',
      '300 ms  10:31:22 503 failed',
      '200 ms  10:31:22 aborted by the client failed',
    ]);
    expect(
      routeText(
        operationsSection([route('GET /orders', [412], { mainCause })]).routes[0]!,
        operationNodes(one, undefined),
      ),
    ).toBe(
      [
        'GET /orders · 1 of 100 requests above 100 ms (1.0 %) · p50 40.0 ms · p95 80.0 ms · p99 90.0 ms · max 95.0 ms',
        'waits 61 % for a pool',
        '   412 ms  pool 61 %  200  /orders?user=1',
        '   300 ms  503',
        '   200 ms  aborted by the client',
        '',
      ].join('\n'),
    );
  });
});

describe('hints of operations', () => {
  const waits = [
    {
      kind: 'pool',
      milliseconds: 240,
      count: 2,
      longestMilliseconds: 200,
      isOnThread: false,
      isEstimated: false,
      file: 'db.js',
      line: 14,
    },
  ] as const;
  const hotLines = [{ file: 'rank.js', line: 5, selfMicroseconds: 90_000, share: 0.9 }];
  const orders = route('GET /orders', [300, 200], {
    p95Milliseconds: 412,
    waits,
    hotLines,
    cpuMilliseconds: 100,
  });
  const files: FileHints[] = [
    {
      file: 'rank.js',
      sha256: 'x',
      hints: [{ line: 5, text: '31 % self', share: 0.31, heat: 4, functions: [] }],
    },
  ];
  const drawn = (routes: readonly OperationRoute[], of = files): string[] =>
    withOperationHints(of, routes).flatMap(({ file, hints }) =>
      hints.map(({ line, text }) => `${file}:${line} ${text}`),
    );

  test('name the route at the lines where its slow ones waited or burnt', () => {
    expect(drawn([orders])).toEqual([
      'rank.js:5 31 % self · GET /orders p95 412 ms · 18 % here',
      'db.js:14 GET /orders p95 412 ms · 48 % here · waits 120 ms on pool',
    ]);
  });

  test('name the route with most time there first, and count the others', () => {
    const report = route('GET /report', [900], { waits: [{ ...waits[0], milliseconds: 800 }] });
    expect(drawn([orders, report], [])).toContain(
      'db.js:14 GET /report p95 80.0 ms · 89 % here · waits 800 ms on pool · 1 more route',
    );
    const [, db] = withOperationHints([], [orders, report]);
    const hinted = db?.file === 'db.js' ? db : withOperationHints([], [orders, report])[0];
    expect(hinted?.hints[0]?.operations?.map(({ name, slowest }) => `${name} ${slowest}`)).toEqual([
      'GET /report p1-t0:900',
      'GET /orders p1-t0:300',
    ]);
  });

  test('are not at lines that take hardly any of a route’s time, nor of stalls and fast routes', () => {
    const little = route('GET /', [5000], { waits });
    const stall = route('stall', [300], { kind: 'stall', waits });
    expect(drawn([little, stall, route('fast', [], { waits, keptMilliseconds: 0 })], [])).toEqual([]);
    expect(drawn([], files)).toEqual(['rank.js:5 31 % self']);
  });
});
