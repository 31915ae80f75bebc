import { Redis } from 'ioredis';
import type { Cache } from './cache.ts';

/** Shared by the processes of the shop. Rejects when Redis does not answer at first; later it may come and go. */
export async function openRedisCache(url: string): Promise<Cache> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, enableOfflineQueue: false });
  let isTroubled = false;
  redis.on('ready', () => (isTroubled = false));
  redis.on('error', (error: Error) => {
    if (!isTroubled) console.error(`shop: Redis does not answer: ${error.message}`);
    isTroubled = true;
  });
  await redis.connect();

  const orNothing = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);
  return {
    get: key => orNothing(redis.get(key)).then(value => value ?? undefined),
    set: (key, value, seconds) => orNothing(redis.set(key, value, 'EX', seconds)).then(() => {}),
    close: async () => redis.disconnect(),
  };
}
