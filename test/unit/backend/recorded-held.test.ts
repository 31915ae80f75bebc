import { expect, test } from 'vitest';
import { heldThread } from '../../../src/backend/recorded-held.ts';
import type { HeldRecord } from '../../../src/contracts/held-records.ts';
import { IdentityPlacement } from '../../../src/model/source/placement.ts';

const place = new IdentityPlacement();

function record(turn: number, atMicroseconds: number, sites: HeldRecord['sites']): HeldRecord {
  return {
    ...{ type: 'held', turn, atMicroseconds, fromMicroseconds: turn * 100, fromRequests: turn * 10 },
    ...{ requests: atMicroseconds, intervalBytes: 1024, costMicroseconds: 0, floorBytes: 5, objects: 9 },
    frames: [
      ['handle', 'file:///shop/app.js', '7', 3, 9],
      ['emit', 'node:events', '2', 500, 1],
    ],
    sites,
  };
}

const site = (stack: number[], objects: number): HeldRecord['sites'][number] => ({
  ...{ stack, objects, bytes: objects * 1024, fresh: 1 },
});

test('looks stand by turn, sites by the function that allocates', () => {
  const found = heldThread(
    [
      record(1, 150, [site([0, 1], 4)]),
      record(1, 180, [site([0, 1], 6)]),
      record(2, 250, [site([0], 2), site([1], 1)]),
    ],
    place,
  )!;
  expect(found.turns.map(({ from, looks }) => [from.operations, looks.length])).toEqual([
    [10, 2],
    [20, 1],
  ]);
  const [handle = '', emit = ''] = [...found.stacks.keys()];
  expect(found.turns[0]!.looks[1]!.sites.get(handle)).toMatchObject({ objects: 6, bytes: 6144, fresh: 1 });
  expect(found.stacks.get(handle)).toMatchObject([{ name: 'handle', file: '/shop/app.js', line: 3 }]);
  expect([...found.held]).toEqual([
    [handle, 2048],
    [emit, 1024],
  ]);
});

test('a site whose stack is damaged is left out', () => {
  const found = heldThread([record(1, 150, [site([9], 4), site([], 4), site([0, 7], 1)])], place)!;
  expect([...found.held.values()]).toEqual([1024]);
  expect([...found.stacks.values()].map(stack => stack.length)).toEqual([1]);
});

test('without such records there is nothing', () => {
  expect(heldThread([{ type: 'mark', atMicroseconds: 1, name: 'a' }], place)).toBeUndefined();
});
