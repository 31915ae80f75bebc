import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOperations } from '../../../src/backend/recorded-operations.ts';
import { CANDIDATES_FILE, OPERATIONS_FILE, ROUTES_FILE } from '../../../src/contracts/recording-files.ts';
import { checkedOperation } from '../../../src/model/operations/checked-operation.ts';
import { drawOperation } from '../../draw/operations.ts';
import { writeOperations } from '../../draw/recording.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-operations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const operation = (id: number, start: number, more: object = {}) => ({
  ...drawOperation(`start ${start}\nduration 200\nslices 0-10 190-200`),
  id,
  ...more,
});
const idsOf = async (most?: number): Promise<number[]> =>
  (await readOperations(folder, most)).kept.map(({ id }) => id);

describe('the operations on disk', () => {
  test('come by their start, whatever the order of their ends', async () => {
    writeOperations(folder, [operation(2, 500), operation(1, 100)], [{ name: 'GET /', count: 9 }]);
    const { kept, routes, isDamaged, isCut } = await readOperations(folder);
    expect(kept.map(({ id }) => id)).toEqual([1, 2]);
    expect(routes?.routes[0]).toMatchObject({ name: 'GET /', count: 9 });
    expect({ isDamaged, isCut }).toEqual({ isDamaged: false, isCut: false });
  });

  test('where there are none, nothing is damaged', async () => {
    expect(await readOperations(folder)).toEqual({
      ...{ kept: [], routes: undefined, isDamaged: false, isCut: false },
    });
  });

  test('a record that the end of the program has cut off is left out, and said', async () => {
    writeOperations(folder, [operation(1, 100)]);
    appendFileSync(path.join(folder, OPERATIONS_FILE), JSON.stringify(operation(2, 500)).slice(0, 90));
    expect(await idsOf()).toEqual([1]);
    expect((await readOperations(folder)).isDamaged).toBe(true);
  });

  test.each([
    ['no times', { slices: [0] }],
    ['slices in disorder', { slices: [50_000, 10, 20_000, 10] }],
    ['a negative length', { slices: [0, -5] }],
    ['a negative duration', { durationMicroseconds: -1 }],
    ['another kind', { kind: 'ftp' }],
  ])('one with %s is left out, and said', async (_, wrong) => {
    writeOperations(folder, [operation(1, 100), { ...operation(2, 500), ...(wrong as object) }]);
    expect(await idsOf()).toEqual([1]);
    expect((await readOperations(folder)).isDamaged).toBe(true);
  });

  test('a later record of an operation replaces the earlier one', async () => {
    writeOperations(folder, [operation(1, 100, { end: 'open' }), operation(1, 100)]);
    expect((await readOperations(folder)).kept.map(({ end }) => end)).toEqual(['ended']);
  });

  test('of those that compete for a place of their minute the last one counts', async () => {
    writeOperations(folder, [operation(1, 100), operation(2, 200)]);
    const candidate = (id: number, index: number, route = 'http GET /'): string =>
      `${JSON.stringify({ place: { route, minute: 7, index }, record: operation(id, id * 100) })}\n`;
    const lines = [candidate(3, 0), candidate(4, 1), candidate(5, 0), candidate(6, 0, 'http GET /b')];
    // One that its minute has made sure of stands among the others, too.
    writeFileSync(path.join(folder, CANDIDATES_FILE), [candidate(2, 0), ...lines].join(''));
    expect(await idsOf()).toEqual([1, 2, 4, 5, 6]);
    appendFileSync(path.join(folder, CANDIDATES_FILE), candidate(7, 0).slice(0, 50));
    expect(await readOperations(folder)).toMatchObject({ isDamaged: true, kept: { length: 5 } });
  });

  test('of a file that is too large its beginning is read, and that is said', async () => {
    writeOperations(folder, [operation(1, 100), operation(2, 500)]);
    const length = JSON.stringify(operation(1, 100)).length + 20;
    expect(await idsOf(length)).toEqual([1]);
    expect(await readOperations(folder, length)).toMatchObject({ isCut: true, isDamaged: false });
  });

  test.each(['{', '{"version":2}', '{"version":1,"routes":[{}]}', '[]'])(
    'counts that read %s are damaged, and the kept ones are there all the same',
    async text => {
      writeOperations(folder, [operation(1, 100)]);
      writeFileSync(path.join(folder, ROUTES_FILE), text);
      expect(await readOperations(folder)).toMatchObject({ routes: undefined, isDamaged: true });
      expect(await idsOf()).toEqual([1]);
    },
  );
});

test('what is taken of a record lies within its time', () => {
  const time = fc.oneof(fc.integer({ min: -10, max: 300 }), fc.constantFrom(Number.NaN, Infinity, -0, 0.5));
  const wait = fc.record({ from: time, length: fc.option(time), kind: fc.constant('pool' as const) });
  fc.assert(
    fc.property(time, fc.array(time, { maxLength: 8 }), fc.array(wait), (duration, slices, waits) => {
      const record = checkedOperation({
        ...operation(1, 0),
        durationMicroseconds: duration,
        slices,
        waits: waits.map(each => ({ ...each, library: 'pg' })),
      });
      if (!record) return;
      let end = 0;
      for (let index = 0; index < record.slices.length; index += 2) {
        expect(record.slices[index]).toBeGreaterThanOrEqual(end);
        end = record.slices[index]! + record.slices[index + 1]!;
        expect(end).toBeLessThanOrEqual(duration + 1e-9);
      }
      for (const { from, length } of record.waits) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from + (length ?? 0)).toBeLessThanOrEqual(duration + 1e-9);
      }
    }),
  );
});
