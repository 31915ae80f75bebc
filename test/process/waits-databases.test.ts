/**
 * Whatever the form in which a program waits for a database, an armed operation tells what it waited for and the line that
 * did, on every Node.js: pg, mysql2 and ioredis with real servers.
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../services/postgres.mjs';
import { startRedis } from '../services/redis.mjs';
import { ROOT, temporaryFolders } from './cli.ts';
import { MIDDLE } from './node-matrix.ts';
import { runWithOperations } from './recorded-operations.ts';
import { drawnWaits, judged, ledgerOf, truthsIn } from './wait-truth.ts';

const temporaryFolder = temporaryFolders();
const FOLDER = path.join(ROOT, 'test', 'matrix', 'programs');
const API = path.join(ROOT, 'dist', 'api.cjs');
const TRUTHS = truthsIn(path.join(FOLDER, 'await-forms.cjs'));

let services: readonly [Awaited<ReturnType<typeof startPostgres>>, Awaited<ReturnType<typeof startRedis>>];

beforeAll(async () => {
  services = await Promise.all([startPostgres(), startRedis()]);
});

afterAll(async () => {
  for (const service of services) await service?.stop();
});

describe.each(MIDDLE)('on Node.js $major', ({ binary }) => {
  test('every form of waiting for a database is told with its kind and line', async () => {
    const [postgres, redis] = services;
    const { ended, kept } = await runWithOperations(
      [binary, path.join(FOLDER, 'each-form.cjs'), API],
      temporaryFolder(),
      { thresholdMilliseconds: 20, armOneIn: 1 },
      { POSTGRES: postgres.url, REDIS: redis?.url ?? '' },
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const wrong = [...TRUTHS].flatMap(([name, truth]) => {
      if (!redis && name.startsWith('redis')) return [];
      const record = kept.find(each => each.name === name && each.isArmed);
      if (!record) return [`${name} was not kept`];
      const ledger = ledgerOf(record, kept);
      const { waited, right } = judged(ledger, truth);
      return right >= 0.9 * waited ? [] : [`${name}: ${drawnWaits(ledger).join(', ')}`];
    });
    expect(wrong).toEqual([]);
    expect(TRUTHS.size).toBeGreaterThanOrEqual(24);
  });
});
