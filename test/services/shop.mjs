import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startFolder } from './folder.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

/** As far as a database in the same data centre. */
const LATENCY_MS = 2;

/**
 * What the sample shop works with, filled: a PostgreSQL with 210,000 rows, a Redis where the machine has one, a folder
 * of pictures. All of it ends by `stop()` or with this process, however that ends.
 * @param {string} shop absolute path of the built shop
 * @param {{ latencyMs?: number }} options how much later every message to PostgreSQL arrives; 2
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>} variables for the shop
 */
export async function startShopServices(shop, { latencyMs = LATENCY_MS } = {}) {
  const [postgres, redis, uploads] = await Promise.all([
    startPostgres({ latencyMs }),
    startRedis(),
    startFolder(),
  ]);
  const stop = async () => {
    await Promise.all([postgres.stop(), redis?.stop(), uploads.stop()]);
  };
  const env = {
    DATABASE_URL: postgres.url,
    ...(redis && { REDIS_URL: redis.url }),
    UPLOADS_DIR: uploads.folder,
  };
  try {
    await promisify(execFile)(process.execPath, [path.join(shop, 'dist', 'seed.js')], {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, stop };
}
