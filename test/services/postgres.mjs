import { startKept } from './kept-service.mjs';

/**
 * A PostgreSQL of its own, empty, on a free port of 127.0.0.1, in about half a second. It ends, and its data with it,
 * by `stop()` or with this process, however that ends.
 * @param {{ latencyMs?: number }} options `latencyMs`: how much later every message to the server arrives, as if it ran
 *   on another machine; 0
 * @returns {Promise<import('./kept-service.mjs').Service>} its address: `postgres://…`, with a password, for `pg`.
 *   Rejects when `npm ci` has not run in `test/services`, or the server does not start.
 */
export const startPostgres = ({ latencyMs = 0 } = {}) => startKept('postgres', { latencyMs });
