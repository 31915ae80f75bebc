import { expect, test } from 'vitest';
import { operationLedger } from '../../../../src/analysis/operations/ledger.ts';
import { ledgerLikeOthers, routePlaces } from '../../../../src/analysis/operations/route-places.ts';
import { timesOf } from '../../../../src/analysis/operations/wait-sums.ts';
import { drawnParts, drawOperation } from '../../../draw/operations.ts';

const ledger = (text: string) => operationLedger(drawOperation(text));
const SEEN = ledger(`
  duration 60
  slices 0-2 20-21 40-41 58-60
  pool 2-20 pg 3 of 3 connections out
  query 21-40 pg select 1
  query 41-58 pg select 2
  await 2-20 db.js:3 TCPWRAP
  await 21-40 db.js:4 TCPWRAP
  await 41-58 db.js:5 TCPWRAP
`);
const UNSEEN = ledger(`
  duration 50
  slices 0-2 10-11 20-21 30-31 48-50
  pool 2-10 pg 2 of 3 connections out
  query 11-20 pg select 1
  query 21-30 pg select 3
  resumed 4 Timeout
`);

test('a wait without a line has that of the same wait in others of its route, and says so', () => {
  const like = ledgerLikeOthers(UNSEEN, routePlaces(timesOf(SEEN).waits));
  expect(drawnParts(like)).toEqual([
    ...['0-2 cpu', '2-10 pool pg 2 of 3 connections out db.js:3', '10-11 cpu'],
    ...['11-20 query pg select 1 db.js:4', '20-21 cpu', '21-30 query pg select 3', '30-31 cpu'],
    ...['31-48 timer', '48-50 cpu'],
  ]);
  expect(like.groups.map(({ kind, detail, isLikeOthers }) => [kind, detail, isLikeOthers])).toContainEqual([
    ...['query', 'select 1', true],
  ]);
  expect(like.waits.filter(({ isLikeOthers }) => isLikeOthers)).toHaveLength(2);
  expect(like.groups.reduce((sum, { length }) => sum + length, 0)).toBe(50_000);
});

test('none where the others do it at several lines', () => {
  const other = ledger(`
    duration 20
    slices 0-2 18-20
    query 2-18 pg select 1
    await 2-18 elsewhere.js:9 TCPWRAP
  `);
  const places = routePlaces([...timesOf(SEEN).waits, ...timesOf(other).waits]);
  expect(drawnParts(ledgerLikeOthers(UNSEEN, places))).toContain('11-20 query pg select 1');
});
