/**
 * Whatever the form in which a program waits for a database, an armed operation tells what it waited for and the line that
 * did, on every Node.js: pg, mysql2 and ioredis with real servers.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../services/postgres.mjs';
import { startRedis } from '../services/redis.mjs';
import { documentOf, ROOT, slowcatch, temporaryFolders } from './cli.ts';
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

test('a query that is asked again and again names the loop that does, wherever that stands', async () => {
  const program = path.join(FOLDER, 'loops.mjs');
  const lines = readFileSync(program, 'utf8').split('\n');
  const loopOf = (name: string): number => lines.findIndex(line => line.endsWith(`// loop: ${name}`)) + 2;
  const ended = await slowcatch(['run', '--json', '--threshold', '100ms', '--', process.execPath, program], {
    env: { POSTGRES: services[0].url },
  });
  const { operations } = documentOf(ended);
  const loopsOf = (name: string): (number | undefined)[] =>
    operations
      .filter(route => route.name === `GET /${name}`)
      .flatMap(({ waits }) => waits.filter(({ kind }) => kind === 'query'))
      .flatMap(({ caller }) => (caller?.isLoop ? [caller.line] : []));
  for (const name of ['own', 'outside', 'once']) expect([name, ...loopsOf(name)]).toContain(loopOf(name));
  const tries = lines.findIndex(line => line.includes('attempt++')) + 1;
  expect(loopsOf('outside')).not.toContain(tries);
});
