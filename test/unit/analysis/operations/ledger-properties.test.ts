import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPERATION_KINDS, WAIT_KINDS } from '../../../../src/contracts/operation-kinds.ts';
import type { OperationRecord } from '../../../../src/contracts/operations.ts';
import {
  operationLedger,
  operationTimes,
  type LedgerEvidence,
} from '../../../../src/analysis/operations/ledger.ts';
import { timesOf } from '../../../../src/analysis/operations/wait-sums.ts';

const HOSTILE = [0, -1, 0.5, 1e9, -1e9, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e-9];
const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1000, max: 60_000 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
);
const file = fc.constantFrom('a.js', '/x/node_modules/y/z.js', '__proto__', '', 'node:fs');
const cause = fc.constantFrom(
  'Timeout',
  'TCPWRAP',
  'FSREQCALLBACK',
  '',
  'Immediate',
  'constructor',
  'operation',
);
const few = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { maxLength: 12 });

const operation: fc.Arbitrary<OperationRecord> = fc.record(
  {
    type: fc.constant('operation' as const),
    id: fc.integer(),
    kind: fc.constantFrom(...OPERATION_KINDS),
    name: fc.string(),
    end: fc.constantFrom('ended' as const, 'aborted' as const, 'open' as const),
    startMicroseconds: time,
    durationMicroseconds: time,
    thresholdMicroseconds: time,
    isArmed: fc.boolean(),
    slices: fc.array(time, { maxLength: 24 }),
    slicesFrom: time,
    resumes: few(
      fc.record(
        { slice: time, cause, ready: time, readyAtMost: time },
        { requiredKeys: ['slice', 'cause', 'ready'] },
      ),
    ),
    waits: few(
      fc.record(
        {
          kind: fc.constantFrom(...WAIT_KINDS),
          from: time,
          length: fc.option(time),
          library: fc.constantFrom('pg', 'undici'),
          detail: fc.string(),
          ...{ file, line: time, column: time },
        },
        { requiredKeys: ['kind', 'from', 'length', 'library'] },
      ),
    ),
    awaits: few(fc.record({ from: time, length: time, file, line: time, column: time, cause })),
  },
  {
    requiredKeys: [
      ...(['type', 'id', 'kind', 'name', 'end', 'startMicroseconds', 'durationMicroseconds'] as const),
      ...(['thresholdMicroseconds', 'isArmed', 'slices', 'resumes', 'waits', 'awaits'] as const),
    ],
  },
);

const callers = fc.array(
  fc.record(
    { file, line: fc.constantFrom(1, 2), column: fc.constant(1), isAsync: fc.constant(true) },
    {
      requiredKeys: ['file', 'line', 'column'],
    },
  ),
  { maxLength: 3 },
);

const span = fc.record({ from: time, to: time });
const evidence: fc.Arbitrary<LedgerEvidence> = fc.record({
  inner: fc.array(operation, { maxLength: 2 }),
  pauses: few(span),
  onThread: few(
    fc.record({ from: time, to: time, purpose: fc.record({ kind: fc.constant('fs' as const) }) }),
  ),
});

/** The first of those that begin at one moment, to the microsecond. */
const apart = <T extends { readonly from: number }>(list: readonly T[]): T[] => [
  ...new Map(list.toReversed().map(each => [Math.max(0, Math.round(each.from)), each])).values(),
];

describe('the ledger of any record', () => {
  test('follows the whole of its time without hole and overlap', () => {
    fc.assert(
      fc.property(operation, evidence, (record, known) => {
        const { parts, durationMicroseconds } = operationLedger(record, known);
        let at = 0;
        for (const { from, length } of parts) {
          expect(from).toBe(at);
          expect(length).toBeGreaterThan(0);
          at = from + length;
        }
        expect(at).toBe(durationMicroseconds);
      }),
      { numRuns: 700 },
    );
  });

  test('adds up, by kind and by group, and points at its waits', () => {
    fc.assert(
      fc.property(operation, evidence, (record, known) => {
        const ledger = operationLedger(record, known);
        const sum = (list: readonly { readonly length: number }[]): number =>
          list.reduce((total, { length }) => total + length, 0);
        expect(sum(ledger.totals)).toBe(ledger.durationMicroseconds);
        expect(sum(ledger.groups)).toBe(ledger.durationMicroseconds);
        for (const part of ledger.parts) {
          if (part.wait === undefined) continue;
          const { kind, detail, library } = ledger.waits[part.wait]!;
          expect({ kind, detail, library }).toEqual({
            ...{ kind: part.kind, detail: part.detail, library: part.library },
          });
        }
        for (const wait of ledger.waits) {
          expect(wait.from).toBeGreaterThanOrEqual(0);
          expect(wait.from + wait.length).toBeLessThanOrEqual(ledger.durationMicroseconds);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('has the sums that are computed without it', () => {
    fc.assert(
      fc.property(operation, evidence, fc.nat(12), few(callers), (drawn, known, onThread, called) => {
        const record = {
          ...drawn,
          waits: drawn.waits.map((wait, index) => ({
            ...wait,
            isOnThread: index < onThread,
            callers: called[index] ?? [],
          })),
          awaits: drawn.awaits.map((each, index) => ({ ...each, callers: called[index] ?? [] })),
        };
        expect(operationTimes(record, known)).toEqual(timesOf(operationLedger(record, known)));
      }),
      { numRuns: 700 },
    );
  });

  // Of two that begin at once the order tells which one began first.
  test('is that of the same record with its lists in another order, where no two begin at once', () => {
    fc.assert(
      fc.property(operation, drawn => {
        const record = { ...drawn, waits: apart(drawn.waits), awaits: apart(drawn.awaits) };
        const turned = { ...record, waits: record.waits.toReversed(), awaits: record.awaits.toReversed() };
        const lengths = (each: OperationRecord) => operationLedger(each).totals.map(({ kind }) => kind);
        expect(lengths(turned).toSorted()).toEqual(lengths(record).toSorted());
      }),
      { numRuns: 1000 },
    );
  });
});

test('a record with very many slices, waits and awaits is told in a moment', () => {
  const count = 20_000;
  const each = Array.from({ length: count }, (_, index) => index);
  const record: OperationRecord = {
    ...{ type: 'operation', id: 1, kind: 'call', name: 'x', end: 'ended', isArmed: true },
    ...{ startMicroseconds: 0, durationMicroseconds: count * 4, thresholdMicroseconds: 1 },
    slices: each.flatMap(index => [index * 4, 2]),
    resumes: each.map(slice => ({ slice, cause: 'Timeout', ready: 1 })),
    waits: each.map(index => ({ kind: 'query', from: index * 4, length: 4, library: 'pg' })),
    awaits: each.map(index => ({ from: index, length: count, file: 'a.js', line: 1, column: 1, cause: '' })),
  };
  const before = process.cpuUsage();
  operationLedger(record);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(4);
}, 60_000);
