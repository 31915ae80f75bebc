import { describe, expect, test } from 'vitest';
import type { HeldThread, PlacedFrame } from '../../../../src/analysis/heap/held-thread.ts';
import type { HeldTurn } from '../../../../src/analysis/heap/suspicion.ts';
import { findings } from '../../../../src/analysis/findings/all.ts';
import type { ProfileFacts } from '../../../../src/analysis/findings/profile-facts.ts';
import type { OperationRoute } from '../../../../src/contracts/document.ts';
import { leakSuspicions, requestName } from '../../../../src/present/leaks/suspicions.ts';

const SECOND = 1_000_000;

/** A look every three seconds, after 100 requests each; objects of 128 KiB. */
function turnOf(held: readonly number[], { site = 'a', requests = 100 } = {}): HeldTurn {
  return {
    from: { atMicroseconds: 0, operations: 0 },
    looks: held.map((objects, at) => ({
      atMicroseconds: (at + 1) * 3 * SECOND,
      operations: (at + 1) * requests,
      floorBytes: 10e6 + objects * 131_072,
      objects,
      sites: new Map([[site, { bytes: objects * 131_072, objects, fresh: objects - (held[at - 1] ?? 0) }]]),
    })),
  };
}

const FRAMES: PlacedFrame[] = [
  { name: 'addCart', file: '/shop/carts.ts', line: 12, column: 17 },
  { name: 'emit', file: 'node:events', line: 500, column: 1 },
  { name: 'handle', file: '/shop/app.ts', line: 40, column: 9 },
];

const threadOf = (turns: HeldTurn[], frames: PlacedFrame[] = FRAMES): HeldThread => ({
  turns,
  stacks: new Map([['a', frames]]),
  held: new Map(),
});

const GROWING = [8, 16, 24, 32, 40, 48];

describe('a suspicion in words', () => {
  test('says how fast, how much, in how many windows, and that it is not sure', () => {
    const [found] = leakSuspicions([threadOf([turnOf(GROWING)])], 'GET /cart');
    expect(found).toMatchObject({
      ...{ name: 'addCart', file: '/shop/carts.ts', line: 12, samples: 32 },
      allocatedAt: [
        { name: 'addCart', file: '/shop/carts.ts', line: 12 },
        { name: 'handle', file: '/shop/app.ts', line: 40 },
      ],
      message:
        'addCart may grow: 10.5 KB per GET /cart, live bytes 2.10 MB → 6.29 MB in 4 windows, not yet sure',
    });
    expect(found!.advice).toContain('Track leaks to be sure');
  });

  test('by time where no requests were counted', () => {
    const [found] = leakSuspicions([threadOf([turnOf(GROWING, { requests: 0 })])], 'request');
    expect(found!.message).toContain('addCart may grow: 350 KB per second,');
    expect(found!.perOperation).toBeUndefined();
  });

  test('does not name a function of Node as the one that allocates: V8 has inlined it there', () => {
    const [found] = leakSuspicions([threadOf([turnOf(GROWING)], FRAMES.slice(1))], 'request');
    expect(found!.message).toMatch(/^\(called by emit\) may grow/);
    expect(found!.file).toBeUndefined();
  });

  test('never says "leak" of a sample', () => {
    for (const { message } of leakSuspicions([threadOf([turnOf(GROWING)])], 'request'))
      expect(message).not.toMatch(/leak/i);
  });
});

describe('when the sampler begins anew', () => {
  test('the turn before counts until the new one can be judged', () => {
    expect(leakSuspicions([threadOf([turnOf(GROWING), turnOf([30, 60])])], 'request')).toHaveLength(1);
  });

  test('a new one that has settled withdraws it', () => {
    const turns = [turnOf(GROWING), turnOf([30, 30, 30, 30, 30, 30])];
    expect(leakSuspicions([threadOf(turns)], 'request')).toEqual([]);
  });
});

describe('what a request is called', () => {
  const route = (name: string, count: number, kind = 'http'): OperationRoute =>
    ({ kind, name, count }) as OperationRoute;

  test.each([
    [[route('GET /cart', 95), route('GET /', 5)], 'GET /cart'],
    [[route('GET /cart', 50), route('GET /', 50)], 'request'],
    [[route('GET /cart', 95), route('work', 500, 'call')], 'GET /cart'],
    [[], 'request'],
  ])('of %j: %s', (routes, name) => {
    expect(requestName(routes)).toBe(name);
  });
});

test('a finding has the same words, and the numbers', () => {
  const suspicions = leakSuspicions([threadOf([turnOf(GROWING)])], 'request');
  const none = {
    ...{ sampledMicroseconds: 0, idleMicroseconds: 0, notSampledMicroseconds: 0 },
    ...{ garbageCollectionMicroseconds: 0, programMicroseconds: 0, nativeMicroseconds: 0 },
    ...{ nodeMicroseconds: 0, packagesMicroseconds: 0, ownMicroseconds: 0, slowcatchMicroseconds: 0 },
  };
  const facts: ProfileFacts = {
    ...{ breakdown: none, cpuMicroseconds: 0, samples: 10_000, hotFunctions: [], suspicions },
    repair: {
      ...{ checkedMicroseconds: 0, repairedMicroseconds: 0, estimatedMicroseconds: 0 },
      ...{ ambiguousMicroseconds: 0, notRepairedMicroseconds: 0 },
    },
  };
  const found = findings(facts).filter(({ id }) => id === 'memory-that-grows');
  expect(found).toMatchObject([
    {
      ...{ subject: 'addCart', severity: 'info', file: '/shop/carts.ts', line: 12 },
      message: suspicions[0]!.message,
      evidence: { samples: 32, windows: 4, operation: 'request' },
    },
  ]);
});
