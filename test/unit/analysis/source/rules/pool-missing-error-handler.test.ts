import { describe, expect, test } from 'vitest';
import { poolMissingErrorHandler as rule } from '../../../../../src/analysis/source/rules/pool-missing-error-handler.ts';
import { finds, findingsIn, fixed, leavesAlone } from '../lint-text.ts';

describe('a pool whose errors nobody hears', () => {
  finds(rule, {
    'of pg': `
      import { Pool } from 'pg';
      export const pool = new Pool({ connectionString: process.env.DATABASE_URL }); // !`,
    'in CommonJS': `
      const { Pool } = require('pg');
      const pool = new Pool(); // !
      pool.on('connect', () => log('connected'));
      module.exports = { query: (text, values) => pool.query(text, values) };`,
    'a field': `
      import pg from 'pg';
      export class Store {
        private readonly pool = new pg.Pool(); // !
        get(id: string) { return this.pool.query('SELECT 1', [id]); }
      }`,
    'inside a query builder that leaves errors alone': `
      import { Kysely, PostgresDialect } from 'kysely';
      import { Pool } from 'pg';
      export const db = new Kysely({
        dialect: new PostgresDialect({
          pool: new Pool({ max: 10 }), // !
        }),
      });`,
    'given to drizzle': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { Pool } from 'pg';
      const pool = new Pool(); // !
      export const db = drizzle(pool);`,
    'a lazy singleton': `
      import { Pool } from 'pg';
      let pool: Pool | undefined;
      export function getPool() {
        if (!pool) pool = new Pool(); // !
        return pool;
      }`,
    'a client of node-redis': `
      import { createClient } from 'redis';
      export const redis = createClient({ url: 'redis://cache' }); // !
      await redis.connect();`,
    'the handler is another pool’s': `
      import { Pool } from 'pg';
      const main = new Pool();
      const replica = new Pool(); // !
      main.on('error', log);
      export { main, replica };`,
  });

  leavesAlone(rule, {
    'with a handler': `
      import { Pool } from 'pg';
      const pool = new Pool();
      pool.on('error', error => log(error));`,
    'with a handler in the module that uses it': `
      import { pool } from './db';
      pool.on('error', log);
// file: db.ts
      import { Pool } from 'pg';
      export const pool = new Pool();`,
    'a lazy singleton with one': `
      import { Pool } from 'pg';
      let pool: Pool | undefined;
      export function getPool() {
        if (!pool) {
          pool = new Pool();
          pool.on('error', log);
        }
        return pool;
      }`,
    'a helper that listens': `
      import { Pool } from 'pg';
      import { listen } from './listen';
      const pool = listen(new Pool());
      const other = new Pool();
      listen(other);
// file: listen.ts
      export function listen(emitter) { emitter.on('error', console.error); return emitter; }`,
    'a field with one': `
      import { Pool } from 'pg';
      class Store {
        constructor() {
          this.pool = new Pool();
          this.pool.on('error', e => this.log(e));
        }
      }`,
    'a pool for one piece of work': `
      import { Pool } from 'pg';
      export async function check() {
        const pool = new Pool();
        await pool.query('SELECT 1');
        await pool.end();
      }`,
    'another Pool': `
      import { Pool } from './threads';
      const pool = new Pool();
// file: threads.ts
      export class Pool {}`,
    chained: `
      import { createClient } from 'redis';
      const client = await createClient().on('error', log).connect();`,
    'a pool of mysql2, which needs none': `
      import mysql from 'mysql2/promise';
      export const pool = mysql.createPool({});`,
    'in a container that may listen': `
      import { Pool } from 'pg';
      export const provider = { provide: 'POOL', useFactory: () => new Pool() };`,
    'one of two, by a name that listens for both': `
      const Redis = require('ioredis');
      function open(isBlocking) {
        let client;
        if (isBlocking) client = new Redis({ maxRetriesPerRequest: null });
        else client = new Redis();
        client.on('error', log);
        return client;
      }`,
    'a property of exports': `
      const { Pool } = require('pg');
      exports.pool = new Pool();
      exports.pool.on('error', log);`,
    'put where its users are not seen': `
      import { Pool } from 'pg';
      export function plugin(fastify) { fastify.pool = new Pool(); }`,
    'given to a package that may listen': `
      import { Pool } from 'pg';
      import { watch } from 'pool-watch';
      const pool = new Pool();
      watch(pool);`,
  });

  test('is an error only where the process crashes of it for sure', () => {
    const severities = (text: string) => findingsIn(rule, text).map(({ finding }) => finding.severity);
    expect(severities(`import { Pool } from 'pg';\nexport const p = new Pool();`)).toEqual(['error']);
    expect(severities(`import Redis from 'ioredis';\nexport const r = new Redis();`)).toEqual(['warning']);
  });
});

test('its fix listens after the declaration', () => {
  expect(
    fixed(
      rule,
      `import { Pool } from 'pg';\n\nexport const pool = new Pool({\n  max: 5,\n});\n\nexport const x = 1;\n`,
    ),
  ).toBe(
    `import { Pool } from 'pg';\n\nexport const pool = new Pool({\n  max: 5,\n});\npool.on('error', error => {\n  console.error('An idle connection failed', error);\n});\n\nexport const x = 1;\n`,
  );
});
