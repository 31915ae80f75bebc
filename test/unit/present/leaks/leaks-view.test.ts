import { describe, expect, test } from 'vitest';
import type { LeaksDocument } from '../../../../src/contracts/leaks.ts';
import type { LeaksView } from '../../../../src/contracts/views/leaks.ts';
import { leaksView } from '../../../../src/present/leaks/leaks-view.ts';
import type { Tracking } from '../../../../src/present/leaks/tracking.ts';
import { EXPECTED, shopLeaks, snapshot, suspicion, verdict } from '../../../draw/leaks-view.ts';

const find = (file: string): string => file.replace('/home/me', '/here');
const saved = (document: LeaksDocument): LeaksView => leaksView({ name: 'shop', document, find });

const tracked = (snapshots: number, more: Partial<Tracking> = {}, document?: LeaksDocument): LeaksView =>
  leaksView({
    name: 'shop',
    tracking: {
      step: 'ready',
      snapshots: Array.from({ length: snapshots }, () => snapshot(1000)),
      ...more,
    },
    ...(document ? { document } : {}),
    find,
  });

describe('the report', () => {
  test('says what it comes to, leaks first', () => {
    expect(saved(shopLeaks()).headline).toBe(
      '1 leak found; 1 thing is growing, and it is not yet sure whether that will stop.',
    );
    const [leak, growing, cleared] = shopLeaks().verdicts;
    expect(saved(shopLeaks({ verdicts: [leak!, leak!] })).headline).toBe('2 leaks found.');
    expect(saved(shopLeaks({ verdicts: [growing!] })).headline).toMatch(/^1 thing is growing/);
    expect(saved(shopLeaks({ verdicts: [cleared!] })).headline).toBe(
      'Nothing grows: what 3 epochs of work brought was let go.',
    );
  });

  test('never has the word before a verdict says it', () => {
    const unsure = shopLeaks({ verdicts: shopLeaks().verdicts.slice(1) });
    expect(JSON.stringify(saved(unsure))).not.toMatch(/leak/i);
    for (const snapshots of [0, 1, 2, 3]) expect(JSON.stringify(tracked(snapshots))).not.toMatch(/leak/i);
  });

  test('tells why in numbers', () => {
    const [leak, growing] = saved(shopLeaks()).verdicts;
    expect(leak!.why).toEqual([
      '+500, +500, +500 objects in 3 epochs: it grew in every epoch, and all of it is still there.',
      'That is 1.00 objects and 3.20 KB per request.',
      'It looks like this kind: cache.',
    ]);
    expect(growing!.why[1]).toBe('The limit: max = 1000.');
  });

  test('opens places of this machine, and of what only the file is known its first line', () => {
    const document = shopLeaks({
      verdicts: [verdict('Cart', '5 5 5', { file: '/home/me/shop/carts.ts' })],
    });
    expect(saved(document).verdicts[0]).toMatchObject({
      ...{ place: { file: '/here/shop/carts.ts', line: 1 }, placeText: 'carts.ts' },
    });
    expect(saved(shopLeaks()).verdicts[0]!.allocatedAt[1]).toEqual({
      ...{ name: 'login', place: { file: '/here/shop/src/login.ts', line: 9 } },
    });
  });

  test('tells what sampling suspects, unless a verdict speaks of it', () => {
    const [judged] = shopLeaks().verdicts[0]!.allocatedAt!;
    const suspicions = [suspicion('findOrders', 12), { ...suspicion('createSession', 18), ...judged }];
    expect(saved(shopLeaks({ suspicions })).suspicions).toEqual([
      {
        message:
          'findOrders may grow: 3.20 KB per request, live bytes 1.00 MB → 4.00 MB in 3 windows, not yet sure',
        place: { file: '/here/shop/src/orders.ts', line: 12 },
      },
    ]);
  });

  test('of a recording without two snapshots says that nothing could be compared', () => {
    const document = shopLeaks({ snapshots: [snapshot(1000)], verdicts: [] });
    expect(saved(document).headline).toBe('No two snapshots were taken, so nothing could be compared.');
  });
});

describe('while it goes on', () => {
  const cost = EXPECTED;

  test('the next step is said, until there is enough', () => {
    const steps = [0, 1, 2, 3, 4].map(snapshots => tracked(snapshots).headline);
    expect(steps).toEqual([
      'Take a snapshot when the program has warmed up.',
      'Now let it work, then take the next snapshot.',
      '2 more epochs of the same work make it sure.',
      'One more epoch of the same work makes it sure.',
      '',
    ]);
    expect(tracked(1).steps.map(({ isDone }) => isDone)).toEqual([true, true, false, false]);
    expect(tracked(2).steps).toEqual([]);
  });

  test('the cost of the next snapshot is said before', () => {
    expect(tracked(0, { cost }).live).toEqual({
      step: 'ready',
      cost: '1.20 s to 3.60 s pause, +210 MB to 650 MB',
    });
    expect(tracked(0, { cost, step: 'snapshot' }).live?.doing).toBe(
      'Writing a snapshot: the program stands still for 1.20 s to 3.60 s …',
    );
    expect(tracked(0, { step: 'starting' }).live?.cost).toBeUndefined();
  });

  test('epochs and operations are counted', () => {
    expect(tracked(4, { sinceLast: 1 }, shopLeaks()).facts).toEqual([
      ...['3 epochs', '1,500 requests', '1 request since the last snapshot'],
    ]);
  });
});
