import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suspicions, type HeldTurn } from '../../../../src/analysis/heap/suspicion.ts';
import { heldTurn, type Heap, type Plan, type Work } from '../../../draw/held-turn.ts';

const KILOBYTE = 1024;
const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);

/** What is suspected at each look: `15 leak, 19 leak`; looks without a suspicion are left out. */
function suspected({ from, looks }: HeldTurn): { second: number; sites: string[] }[] {
  return looks.flatMap(({ atMicroseconds }, at) => {
    const found = suspicions({ from, looks: looks.slice(0, at + 1) }) ?? [];
    return found.length === 0 ? [] : [{ second: atMicroseconds / 1e6, sites: found.map(({ site }) => site) }];
  });
}

type Program = Pick<Plan, 'program' | 'requestsPerSecond'>;

const perSecond = (requests: number) => (): number => requests;
const both =
  (...programs: ((heap: Heap) => Work)[]) =>
  (heap: Heap): Work => {
    const works = programs.map(program => program(heap));
    return tick => works.forEach(work => work(tick));
  };
const times = (count: number, work: () => void): void => {
  for (let at = 0; at < count; at++) work();
};

/** A kilobyte of each request stays. */
const leak =
  (bytes = KILOBYTE) =>
  (heap: Heap): Work =>
  ({ requests }) =>
    times(requests, () => heap.site('leak').add(bytes));

/** 40 MB in a second, of which nothing outlives a tenth of it: what is there at a look is the last 8 objects. */
const churn = (heap: Heap): Work => {
  const site = heap.site('churn');
  return () => {
    for (const held of site.live) site.drop(held);
    times(8, () => site.add(500 * KILOBYTE));
  };
};

/** Keys are drawn from so many, each is kept once. */
const cache =
  (keys: number, bytes = 4 * KILOBYTE) =>
  (heap: Heap): Work => {
    const known = new Set<number>();
    return ({ requests }) =>
      times(requests, () => {
        const key = Math.floor(heap.random() * keys);
        if (known.has(key)) return;
        known.add(key);
        heap.site('cache').add(bytes);
      });
  };

/** Every request is a new key, in the place of the oldest one. `full`: it was before the sampler began. */
const lru =
  (cap: number, { full = false, bytes = 4 * KILOBYTE } = {}) =>
  (heap: Heap): Work => {
    const site = heap.site('lru');
    const slots = Array.from({ length: full ? cap : 0 }, () => site.add(bytes));
    let next = 0;
    return ({ requests }) =>
      times(requests, () => {
        site.drop(slots[next]);
        slots[next] = site.add(bytes);
        next = (next + 1) % cap;
      });
  };

/** Modules are loaded in the first seconds, then code is compiled, less and less. */
const warmUp = (heap: Heap): Work => {
  return ({ second }) => {
    if (second < 4) times(20, () => heap.site(`module ${Math.floor(heap.random() * 12)}`).add(24 * KILOBYTE));
    const compiled = 40 * Math.exp(-second / 6);
    times(Math.round(compiled), () => heap.site(`code ${Math.floor(heap.random() * 20)}`).add(6 * KILOBYTE));
  };
};

const pool =
  (size: number) =>
  (heap: Heap): Work => {
    let made = 0;
    return ({ second }) => {
      while (made < Math.min(size, second * 4)) {
        made++;
        heap.site('pool').add(128 * KILOBYTE);
      }
    };
  };

/** What is under way is held: as much as requests come in a second. */
const underWay = (heap: Heap): Work => {
  const site = heap.site('request');
  const held: ReturnType<typeof site.add>[][] = [];
  return ({ requests }) => {
    held.push(Array.from({ length: requests }, () => site.add(16 * KILOBYTE)));
    if (held.length > 10) held.shift()!.forEach(each => site.drop(each));
  };
};

const LEAKING: Readonly<Record<string, Program>> = {
  'a kilobyte of each request amid 40 MB/s of churn': {
    program: both(leak(), churn, underWay, warmUp),
    requestsPerSecond: perSecond(200),
  },
  'a list that a timer fills, without any request': {
    program: heap => () => heap.site('leak').add(32 * KILOBYTE),
  },
  'beside caches that are full': {
    program: both(leak(), lru(500), cache(200)),
    requestsPerSecond: perSecond(200),
  },
};

describe('what becomes more and more is suspected within half a minute', () => {
  test.each(Object.entries(LEAKING))('%s', (_, program) => {
    for (const seed of SEEDS) {
      const found = suspected(heldTurn({ ...program, seed, seconds: 62 }));
      expect(found.find(({ sites }) => sites.includes('leak'))?.second, `seed ${seed}`).toBeLessThanOrEqual(
        30,
      );
    }
  });
});

test('requests that come unevenly: what grows with them is suspected, if later', () => {
  const program = both(leak(4 * KILOBYTE), underWay);
  const requestsPerSecond = (second: number): number => (Math.floor(second / 5) % 2 === 0 ? 160 : 40);
  for (const seed of SEEDS) {
    const found = suspected(heldTurn({ program, requestsPerSecond, seed, seconds: 62 }));
    expect(
      found.find(({ sites }) => sites.includes('leak')),
      `seed ${seed}`,
    ).toBeDefined();
  }
});

const SETTLED: Readonly<Record<string, Program>> = {
  'churn alone': { program: both(churn, underWay), requestsPerSecond: perSecond(200) },
  'modules and code that warm up': { program: both(warmUp, churn), requestsPerSecond: perSecond(100) },
  'a pool that grows to its size': { program: pool(40), requestsPerSecond: perSecond(50) },
  'slots that are replaced, full since before': {
    program: lru(5000, { full: true, bytes: 16 * KILOBYTE }),
    requestsPerSecond: perSecond(50),
  },
  'a small cache that fills': { program: cache(800), requestsPerSecond: perSecond(200) },
};

describe('what settles is not suspected', () => {
  test.each(Object.entries(SETTLED))('%s', (_, program) => {
    const found = SEEDS.flatMap(seed => suspected(heldTurn({ ...program, seed, seconds: 90 })));
    expect(found).toEqual([]);
  });

  test('a burst of requests that all are under way for a while', () => {
    const requestsPerSecond = (second: number): number => (second >= 20 && second < 30 ? 1000 : 50);
    for (const seed of SEEDS)
      expect(
        suspected(heldTurn({ program: underWay, requestsPerSecond, seed, seconds: 90 })),
        `seed ${seed}`,
      ).toEqual([]);
  });
});

describe('a suspicion is withdrawn', () => {
  /** Full after 40 seconds. */
  const filling: Program = { program: lru(8000), requestsPerSecond: perSecond(200) };

  test('an LRU below its cap is suspected, and is not any more soon after it is full', () => {
    for (const seed of SEEDS) {
      const found = suspected(heldTurn({ ...filling, seed, seconds: 130 }));
      expect(found[0]?.second).toBeLessThan(30);
      expect(found.at(-1)?.second, `seed ${seed}`).toBeLessThan(60);
    }
  });

  test('a big cache of keys that come again, when it fills more slowly', () => {
    const program = cache(6000);
    for (const seed of SEEDS) {
      const found = suspected(heldTurn({ program, requestsPerSecond: perSecond(200), seed, seconds: 240 }));
      expect(found.at(-1)?.second ?? 0, `seed ${seed}`).toBeLessThan(100);
    }
  });
});

describe('whatever the numbers are', () => {
  const count = fc.nat(50);
  const looks = fc.array(
    fc.record({
      seconds: fc.nat(20),
      operations: fc.nat(200),
      floor: fc.nat(1e6),
      held: count,
      fresh: count,
    }),
    { maxLength: 20 },
  );
  const turn = looks.map((rows): HeldTurn => {
    let [at, done] = [0, 0];
    return {
      from: { atMicroseconds: 0, operations: 0 },
      looks: rows.map(({ seconds, operations, floor, held, fresh }) => ({
        atMicroseconds: (at += seconds * 1e6),
        operations: (done += operations),
        floorBytes: floor,
        objects: held,
        sites: new Map(held === 0 ? [] : [['a', { bytes: held * 131_072, objects: held, fresh }]]),
      })),
    };
  });

  test('only what is more at the end than at the beginning is suspected, and all its numbers are finite', () => {
    fc.assert(
      fc.property(turn, given => {
        for (const { liveBytes, samples, operations, microseconds } of suspicions(given) ?? []) {
          expect(liveBytes.at(-1)).toBeGreaterThan(liveBytes[0]!);
          expect(liveBytes.length).toBeGreaterThan(3);
          for (const number of [...liveBytes, samples, operations])
            expect(Number.isFinite(number)).toBe(true);
          expect(microseconds).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a plateau of the last third of the work ends every suspicion', () => {
    fc.assert(
      fc.property(turn, ({ from, looks: before }) => {
        const last = before.at(-1);
        if (!last) return;
        const flat = Array.from({ length: 4 }, (_, at) => ({
          ...last,
          atMicroseconds: last.atMicroseconds + (at + 1) * (last.atMicroseconds / 8 + 1e6),
          operations: last.operations + (at + 1) * (last.operations / 8 + 10),
        }));
        expect(suspicions({ from, looks: [...before, ...flat] }) ?? []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
