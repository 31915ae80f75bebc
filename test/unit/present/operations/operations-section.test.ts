import { expect, test } from 'vitest';
import type { OperationRoute, ProfileDocument } from '../../../../src/contracts/document.ts';
import { operationsSection } from '../../../../src/present/operations/operations-section.ts';
import { Places } from '../../../../src/present/places.ts';
import { reportText } from '../../../../src/present/report-text.ts';

const route = (name: string, more: Partial<OperationRoute>): OperationRoute => ({
  ...{ kind: 'http', name, count: 100, slowCount: 0, errorCount: 0, keptCount: 0, keptMilliseconds: 0 },
  ...{ thresholdMilliseconds: 100, p50Milliseconds: 10, p95Milliseconds: 50, p99Milliseconds: 60 },
  ...{ maxMilliseconds: 70, waits: [], cpuMilliseconds: 0, samples: 0, hotLines: [], hotFunctions: [] },
  kept: [],
  ...more,
});

const draw = (...operations: OperationRoute[]): string[] => {
  const section = operationsSection({ operations } as unknown as ProfileDocument, new Places('/app'));
  return section
    ? reportText({ title: '', sections: [section] })
        .trim()
        .split('\n')
    : [];
};

test('slow routes have their percentiles, and what most of their slow time went to', () => {
  const orders = route('GET /orders', {
    ...{ slowCount: 12, p50Milliseconds: 240, p95Milliseconds: 1412 },
    mainCause: {
      kind: 'pool',
      isOnThread: false,
      milliseconds: 1,
      share: 0.61,
      file: '/app/db.ts',
      line: 14,
    },
  });
  const blocked = route('GET /export', {
    slowCount: 3,
    mainCause: { kind: 'fs', isOnThread: true, milliseconds: 1, share: 0.804 },
  });
  const stall = route('burn', { kind: 'stall', slowCount: 2 });
  const red = route('GET /\u001b[31mred', { slowCount: 1 });
  expect(draw(orders, blocked, stall, red, route('GET /', {}))).toEqual([
    'Slow operations (> 100 ms)',
    '                        p50      p95    n   slow  mostly',
    '  GET /orders        240 ms   1.41 s  100   12 %  pool 61 %              db.ts:14',
    '  GET /export       10.0 ms  50.0 ms  100  3.0 %  files (blocking) 80 %',
    String.raw`  GET /\x1b[31mred  10.0 ms  50.0 ms  100  1.0 %  unexplained`,
  ]);
});

test('where all were fast, that is said, with how many there were', () => {
  expect(draw(route('GET /', {}), route('GET /a', { count: 1104 }))).toEqual([
    'Slow operations',
    '  ○ None of 1,204 operations took longer than 100 ms.',
  ]);
  expect(draw(route('GET /', { count: 1 }))[1]).toBe('  ○ The only operation took no longer than 100 ms.');
  expect(draw(route('GET /', {}), route('sum', { thresholdMilliseconds: 5 }))[1]).toBe(
    '  ○ None of 200 operations took longer than its threshold (5.00 ms … 100 ms).',
  );
});

test('where none were followed, nothing is said', () => {
  expect(draw()).toEqual([]);
});
