/** Reports on memory of a made-up shop, for tests of what shows them. */
import type {
  ExpectedCost,
  LeaksDocument,
  LeakSuspicion,
  LeakVerdict,
  SnapshotCost,
} from '../../src/contracts/leaks.ts';
import { bytes, microseconds } from '../../src/contracts/units.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** `counts`: what each epoch has left, drawn as `500 500 500`; each 3,200 bytes. */
export function verdict(className: string, counts: string, more: Partial<LeakVerdict> = {}): LeakVerdict {
  const countPerEpoch = counts.split(' ').map(Number);
  const bytesPerEpoch = countPerEpoch.map(count => count * 3200);
  return {
    ...{ verdict: 'leak', reason: 'every-epoch', kind: 'cache', className, countPerEpoch, bytesPerEpoch },
    retainedBytes: bytes(sum(bytesPerEpoch)),
    perOperation: { of: 'request', count: sum(countPerEpoch) / 1500, bytes: sum(bytesPerEpoch) / 1500 },
    retainerPath: ['module sessions.ts', 'Map sessions', className],
    advice: 'Give the collection an end: a largest size or an age.',
    ...more,
  };
}

const measured: SnapshotCost = {
  pauseMicroseconds: microseconds(2_170_000),
  extraBytes: bytes(610e6),
  fileBytes: bytes(61e6),
};

/** A pause of 1.2 to 3.6 s, and 210 to 650 MB. */
export const EXPECTED: ExpectedCost = {
  ...measured,
  ...{ leastPauseMicroseconds: microseconds(1_200_000), mostPauseMicroseconds: microseconds(3_600_000) },
  ...{ leastExtraBytes: bytes(210e6), mostExtraBytes: bytes(650e6) },
};

export const snapshot = (objects: number): LeaksDocument['snapshots'][number] => ({
  objects,
  fileBytes: bytes(objects * 80),
  cost: { expected: EXPECTED, measured },
});

/** What a sample tells of a function, as it is put in words. */
export const suspicion = (name: string, line: number): LeakSuspicion => ({
  ...{ name, file: '/home/me/shop/src/orders.ts', line },
  ...{ liveBytes: [1e6, 2e6, 3e6, 4e6], bytesPerSecond: 1e5, samples: 40 },
  allocatedAt: [{ name, file: '/home/me/shop/src/orders.ts', line }],
  message: `${name} may grow: 3.20 KB per request, live bytes 1.00 MB → 4.00 MB in 3 windows, not yet sure`,
  advice: 'Track leaks to be sure.',
});

/** What the shop's sessions have come to: one leak, one that is not sure, one that is none. */
export function shopLeaks(more: Partial<LeaksDocument> = {}): LeaksDocument {
  return {
    version: 1,
    name: 'shop',
    snapshots: [610_000, 612_000, 614_000, 616_000].map(snapshot),
    operations: { of: 'request', counts: [500, 500, 500] },
    verdicts: [
      verdict('Session', '500 500 500', {
        ...{ file: '/home/me/shop/src/sessions.ts', line: 18 },
        allocatedAt: [
          { name: 'createSession', file: '/home/me/shop/src/sessions.ts', line: 18 },
          { name: 'login', file: '/home/me/shop/src/login.ts', line: 9 },
        ],
      }),
      verdict('Buffer', '120 90 60', {
        ...{ verdict: 'suspect', reason: 'slowing', kind: 'buffer' },
        ...{ bound: 'max = 1000', file: '/home/me/shop/src/pictures.ts', line: 7 },
      }),
      verdict('Product', '400 20 0', { verdict: 'cleared', reason: 'stopped' }),
    ],
    problems: [],
    ...more,
  };
}
