import { describe, expect, test } from 'vitest';
import { findings } from '../../../../src/analysis/findings/all.ts';
import type {
  HotLine,
  KeptOperation,
  MainCause,
  OperationRoute,
  OperationWait,
} from '../../../../src/contracts/document.ts';
import { briefFinding } from '../../../../src/present/brief-finding.ts';

const SECOND = 1_000_000;

const wait = (kind: OperationWait['kind'], milliseconds: number, more: Partial<OperationWait> = {}) => ({
  ...{ kind, milliseconds, count: 1, longestMilliseconds: milliseconds },
  ...{ isOnThread: false, isEstimated: false },
  ...more,
});

const cause = (kind: MainCause['kind'], share: number, more: Partial<MainCause> = {}): MainCause => ({
  ...{ kind, isOnThread: false, milliseconds: share * 1000, share },
  ...more,
});

const operation = (waits: readonly OperationWait[], more: Partial<KeptOperation> = {}): KeptOperation => ({
  ...{ key: 'p1-t0:1', startMicroseconds: 0, durationMilliseconds: 200, cpuMilliseconds: 5, end: 'ended' },
  ...{ waits, sampledMicroseconds: 0, samples: 0, hotLines: [] },
  ...more,
});

/** Five slow ones of a hundred requests, 200 ms each. */
function route(name: string, more: Partial<OperationRoute>): OperationRoute {
  return {
    ...{ kind: 'http', name, count: 100, slowCount: 5, errorCount: 0, keptCount: 5, keptMilliseconds: 1000 },
    ...{ thresholdMilliseconds: 100, p50Milliseconds: 10, p95Milliseconds: 200, p99Milliseconds: 220 },
    ...{ maxMilliseconds: 230, waits: [], cpuMilliseconds: 20, samples: 20, hotLines: [], hotFunctions: [] },
    kept: [],
    ...more,
  };
}

const found = (...operations: OperationRoute[]) =>
  findings({
    breakdown: {
      ...{ sampledMicroseconds: SECOND, idleMicroseconds: 0, notSampledMicroseconds: 0 },
      ...{ garbageCollectionMicroseconds: 0, programMicroseconds: 0, nativeMicroseconds: 0 },
      ...{ nodeMicroseconds: 0, packagesMicroseconds: 0, ownMicroseconds: SECOND, slowcatchMicroseconds: 0 },
    },
    ...{ cpuMicroseconds: SECOND, samples: 1000, hotFunctions: [], operations },
    repair: {
      ...{ checkedMicroseconds: SECOND, repairedMicroseconds: 0, estimatedMicroseconds: 0 },
      ...{ ambiguousMicroseconds: 0, notRepairedMicroseconds: 0 },
    },
  });

const draw = (...operations: OperationRoute[]): string[] =>
  found(...operations).map(
    ({ severity, message, file, line }) => `${severity}: ${message}${file ? ` (${file}:${line})` : ''}`,
  );

const briefs = (...operations: OperationRoute[]): string[] =>
  found(...operations).map(each => {
    const { subject = '', said } = briefFinding(each) ?? { said: '' };
    return `${subject} ${said}`.trim();
  });

const POOL = route('GET /orders', { mainCause: cause('pool', 0.61, { file: '/app/db.ts', line: 14 }) });
const LINE: HotLine = { file: '/app/rank.ts', line: 11, selfMicroseconds: 700_000, share: 0.72 };

describe('what stands out in slow operations', () => {
  test('a route that waits, for what and where', () => {
    expect(draw(POOL)).toEqual([
      'warning: GET /orders waits for a free connection of a pool for 61 % of the time of the 5 slow requests (/app/db.ts:14)',
    ]);
    expect(briefs(POOL)).toEqual(['GET /orders waits 61 % for a pool']);
    expect(found(POOL)[0]!.evidence).toMatchObject({ waitKind: 'pool', share: 0.61, slowShare: 0.05 });
  });

  test('one slow operation of a thousand may be chance', () => {
    const [one] = found({ ...POOL, count: 1000, slowCount: 1, keptCount: 1 });
    expect(one).toMatchObject({ severity: 'info' });
    expect(one!.message).toMatch(/the time of the slow request$/);
  });

  test('what nothing explains, and a small part, is no finding', () => {
    expect(draw(route('GET /a', {}), route('GET /b', { mainCause: cause('query', 0.15) }))).toEqual([]);
    expect(draw(route('GET /c', { keptCount: 0, mainCause: cause('query', 0.9) }))).toEqual([]);
  });

  test('a route that computes, with its line where samples tell it', () => {
    const burns = route('GET /report', { mainCause: cause('cpu', 0.96), samples: 900, hotLines: [LINE] });
    expect(draw(burns)).toEqual([
      'warning: GET /report computes for 96 % of the time of the 5 slow requests, 72 % of that on one line (/app/rank.ts:11)',
    ]);
    expect(draw({ ...burns, samples: 9 })).toEqual([
      'warning: GET /report computes for 96 % of the time of the 5 slow requests',
    ]);
    expect(briefs(burns)).toEqual(['GET /report computes 96 %']);
  });

  test('the same query from one line, from ten times on in one operation', () => {
    const asks = (count: number, file?: string) =>
      operation([
        wait('query', 150, {
          count,
          detail: 'SELECT name FROM users WHERE id = ?',
          ...(file === undefined ? {} : { file, line: 22 }),
        }),
      ]);
    const asked = (...counts: number[]) =>
      route('GET /orders', {
        mainCause: cause('query', 0.75, { file: '/app/db.ts', line: 22 }),
        kept: counts.map(count => asks(count, '/app/db.ts')),
      });
    expect(draw(asked(51, 12, 3))).toEqual([
      'warning: GET /orders asks the same query 51 times in one go: SELECT name FROM users WHERE id = ? (/app/db.ts:22)',
    ]);
    expect(briefs(asked(51))).toEqual(['GET /orders asks one query ×51']);
    expect(draw(asked(9))).toEqual([
      'warning: GET /orders waits for the database for 75 % of the time of the 5 slow requests (/app/db.ts:22)',
    ]);
    expect(draw(route('GET /x', { kept: [asks(51)] }))[0]).toMatch(
      /51 times in one go: SELECT name .* = \?$/,
    );
  });

  test('one that asks again and again, but waits for a pool, is told both', () => {
    const kept = [operation([wait('pool', 150), wait('query', 20, { count: 40, detail: 'SELECT ?' })])];
    expect(found({ ...POOL, kept }).map(({ id }) => id)).toEqual(['slow-route-waits', 'n-plus-one']);
  });

  test('a query that is asked often but costs nothing is none', () => {
    const kept = [operation([wait('query', 2, { count: 51, detail: 'SELECT ?' })])];
    expect(draw(route('GET /orders', { kept }))).toEqual([]);
  });

  test('a call that blocks the thread is estimated, and said so', () => {
    const blocks = route('GET /export', {
      mainCause: cause('fs', 0.8, { isOnThread: true }),
      waits: [
        wait('fs', 800, {
          isOnThread: true,
          isEstimated: true,
          file: '/app/x.ts',
          line: 3,
          detail: 'readFileSync',
        }),
      ],
    });
    expect(draw(blocks)).toEqual([
      'warning: GET /export blocks its thread with readFileSync for about 80 % of the time of the 5 slow requests (/app/x.ts:3)',
    ]);
    expect(briefs(blocks)).toEqual(['GET /export blocks 80 % in readFileSync']);
    expect(draw(route('GET /x', { waits: [wait('fs', 20, { isOnThread: true })] }))).toEqual([]);
  });

  test('a route that others held up has an upper bound where it is one', () => {
    const held = (isEstimated: boolean) =>
      route('GET /fast', { mainCause: cause('loop', 0.7), waits: [wait('loop', 700, { isEstimated })] });
    expect(draw(held(true))).toEqual([
      'warning: GET /fast could have gone on, but its thread was busy, for up to 70 % of the time of the 5 slow requests',
    ]);
    expect(draw(held(false))[0]).toMatch(/busy, for 70 %/);
  });

  test('stalls by their line, the longest first named by the operation that blocked', () => {
    const stall = (durationMilliseconds: number, line: number, name?: string) =>
      operation([], {
        ...{ durationMilliseconds, file: '/app/rank.ts', line },
        ...(name === undefined ? {} : { blocker: { key: 'p1-t0:7', name } }),
      });
    const stalls = route('event loop', {
      kind: 'stall',
      kept: [stall(1200, 11, 'GET /report'), stall(300, 11, 'GET /report'), stall(150, 40)],
    });
    const quick = route('GET /', { slowCount: 0, keptCount: 0 });
    expect(draw(quick, stalls)).toEqual([
      'error: GET /report blocked the event loop 2 times, for up to 1200 ms (/app/rank.ts:11)',
      'warning: The event loop was blocked for 150 ms (/app/rank.ts:40)',
    ]);
    expect(draw(stalls)).toEqual([]);
    expect(briefs(quick, stalls)).toEqual(['Event loop blocked 1.20 s', 'Event loop blocked 150 ms']);
  });

  test('at most five routes have a finding of one kind', () => {
    expect(
      draw(...Array.from({ length: 9 }, (_, index) => ({ ...POOL, name: `GET /${index}` }))),
    ).toHaveLength(5);
  });
});
