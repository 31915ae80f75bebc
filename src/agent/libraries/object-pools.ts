/**
 * generic-pool and tarn (which knex uses): from `acquire` until there is an object.
 * https://github.com/coopernurse/node-pool, https://github.com/vincit/tarn.js
 */
import type { Library } from './library.ts';
import { prototypeOf } from './library.ts';
import { connectionsOut, isExhausted, type PoolCounts } from './pool-counts.ts';
import { waitingCall, whenSettled } from './waiting-call.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

interface GenericPool {
  readonly borrowed: number;
  readonly max: number;
  readonly pending: number;
}

interface TarnPool {
  readonly max: number;
  numUsed(): number;
  numPendingAcquires(): number;
}

export const genericPool: Library = {
  files: {
    'generic-pool/lib/Pool.js': (exported, follow) => [
      wrapMethod<GenericPool>(
        prototypeOf(exported, 'Pool'),
        'acquire',
        waitingCall(follow, { kind: 'pool', library: 'generic-pool', detail: borrowed, isSure }),
      ),
    ],
  },
};

export const tarn: Library = {
  files: {
    'tarn/dist/Pool.js': (exported, follow) => [
      wrapMethod<TarnPool>(
        prototypeOf(exported, 'Pool'),
        'acquire',
        original =>
          function (...parameters) {
            const counts = follow.current() && used(this);
            const wait =
              counts && follow.wait('pool', 'tarn', () => connectionsOut(counts), isExhausted(counts));
            const pending = apply(original, this, parameters) as { promise: unknown };
            if (wait) pending.promise = whenSettled(pending.promise, () => wait.end());
            return pending;
          },
      ),
    ],
  },
};

const countsOf = ({ borrowed: all, max, pending: waiting }: GenericPool): PoolCounts => ({
  ...{ all, idle: 0, max, waiting },
});

function borrowed(pool: GenericPool): () => string {
  const counts = countsOf(pool);
  return () => connectionsOut(counts);
}

const isSure = (pool: GenericPool): boolean => isExhausted(countsOf(pool));

const used = (pool: TarnPool): PoolCounts => ({
  ...{ all: pool.numUsed(), idle: 0, max: pool.max, waiting: pool.numPendingAcquires() },
});
