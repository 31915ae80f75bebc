/**
 * generic-pool and tarn (which knex uses): from `acquire` until there is an object.
 * https://github.com/coopernurse/node-pool, https://github.com/vincit/tarn.js
 */
import type { Library } from './library.ts';
import { prototypeOf } from './library.ts';
import { connectionsOut } from './pool-counts.ts';
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
        waitingCall(follow, { kind: 'pool', library: 'generic-pool', detail: borrowed }),
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
            const wait = follow.wait('pool', 'tarn', follow.current() && used(this));
            const pending = apply(original, this, parameters) as { promise: unknown };
            if (wait) pending.promise = whenSettled(pending.promise, () => wait.end());
            return pending;
          },
      ),
    ],
  },
};

function borrowed(pool: GenericPool): () => string {
  const { borrowed: all, max, pending: waiting } = pool;
  return () => connectionsOut({ all, idle: 0, max, waiting });
}

function used(pool: TarnPool): () => string {
  const all = pool.numUsed();
  const waiting = pool.numPendingAcquires();
  return () => connectionsOut({ all, idle: 0, max: pool.max, waiting });
}
