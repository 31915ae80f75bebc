import { startKept } from './kept-service.mjs';

/**
 * A Redis of its own, empty, on a free port of 127.0.0.1, that keeps nothing on disk. It ends by `stop()` or with this
 * process, however that ends.
 * @returns {Promise<import('./kept-service.mjs').Service | undefined>} its address: `redis://…`, with a password, for
 *   `ioredis`; `undefined` where the machine has no `redis-server`. Rejects when it does not start.
 */
export const startRedis = () => startKept('redis', {});
