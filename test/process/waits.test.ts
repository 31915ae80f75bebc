/**
 * Whatever the form of the wait, an armed operation tells what it waited for and the line that did, on every Node.js.
 * Programs say the truth in comments at those lines.
 */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OperationsConfiguration } from '../../src/contracts/operation-kinds.ts';
import { PROGRAMS, temporaryFolders } from './cli.ts';
import { MIDDLE } from './node-matrix.ts';
import { runWithOperations } from './recorded-operations.ts';
import { drawnWaits, judged, ledgerOf, truthsIn } from './wait-truth.ts';

const temporaryFolder = temporaryFolders();
const WAITS = path.join(PROGRAMS, 'waits');
const TRUTHS = truthsIn(path.join(WAITS, 'cases.cjs'));

/** The first operation of a route is never armed: the next one is. */
const ARMED: OperationsConfiguration = { thresholdMilliseconds: 20, armOneIn: 1 };

describe.each(MIDDLE)('on Node.js $major', ({ binary }) => {
  test('every form of waiting is told with its kind and line', async () => {
    const { ended, kept } = await runWithOperations(
      [binary, path.join(WAITS, 'each.cjs')],
      temporaryFolder(),
      ARMED,
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const wrong = [...TRUTHS].flatMap(([name, truth]) => {
      const record = kept.find(each => each.name === name && each.isArmed);
      if (!record) return [`${name} was not kept`];
      const ledger = ledgerOf(record, kept);
      const { waited, right } = judged(ledger, truth);
      return right >= 0.9 * waited ? [] : [`${name}: ${drawnWaits(ledger).join(', ')}`];
    });
    expect(wrong).toEqual([]);
    expect(TRUTHS.size).toBeGreaterThanOrEqual(24);
  });
});
