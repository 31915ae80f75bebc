import { describe, expect, test } from 'vitest';
import { poolClientNotReleased as rule } from '../../../../../src/analysis/source/rules/pool-client-not-released.ts';
import { finds, fixed, leavesAlone } from '../lint-text.ts';

describe('a client that is never given back', () => {
  finds(rule, {
    'in a function': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export async function user(id: string) {
        const client = await pool.connect(); // !
        const { rows } = await client.query('SELECT * FROM users WHERE id = $1', [id]);
        return rows[0];
      }`,
    'of a pool of another module': `
      import { db } from './db';
      export class Users {
        async byId(id: string) {
          const c = await db.connect(); // !
          try {
            return (await c.query('SELECT 1')).rows;
          } catch (error) {
            log(error);
          }
        }
      }
// file: db.ts
      import pg from 'pg';
      const pool = new pg.Pool({ max: 5 });
      export { pool as db };`,
    'of mysql2, in CommonJS': `
      const mysql = require('mysql2/promise');
      const pool = mysql.createPool({ host: 'localhost' });
      module.exports.all = async () => {
        const connection = await pool.getConnection(); // !
        const [rows] = await connection.execute('SELECT 1');
        return rows;
      };`,
    'of a field, by its type': `
      import type { Pool } from 'pg';
      export class Orders {
        constructor(private readonly pool: Pool) {}
        async list() {
          const client = await this.pool.connect(); // !
          await client.query('SET search_path TO shop');
          return client.query('SELECT 1');
        }
      }`,
    'that has no name': `
      import { DataSource } from 'typeorm';
      const source = new DataSource({ type: 'postgres' });
      export const refresh = () => source.createQueryRunner().query('REFRESH MATERIALIZED VIEW totals'); // !`,
    'that is given to a function which only uses it': `
      import { Pool } from 'pg';
      const pool = new Pool();
      const ask = async (client, sql) => (await client.query(sql)).rows;
      export async function report() {
        const client = await pool.connect(); // !
        return ask(client, 'SELECT 1');
      }`,
    'with callbacks': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.now = callback => {
        pool.connect((err, client, release) => { // !
          if (err) return callback(err);
          client.query('SELECT NOW()', callback);
        });
      };`,
    'with then': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export function now() {
        return pool.connect().then(client => { // !
          return client.query('SELECT NOW()');
        });
      }`,
  });

  leavesAlone(rule, {
    'released in finally': `
      import { Pool } from 'pg';
      const pool = new Pool();
      async function f() {
        const client = await pool.connect();
        try { return await client.query('SELECT 1'); } finally { client.release(); }
      }`,
    'returned to who releases it': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export async function borrow() {
        const client = await pool.connect();
        await client.query('SET search_path TO shop');
        return client;
      }`,
    'a wrapper that hands it to its callback': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export async function withClient(work) {
        const client = await pool.connect();
        return work(client).finally(() => client.release());
      }`,
    using: `
      import { Pool } from 'pg';
      const pool = new Pool();
      async function f() {
        await using client = await pool.connect();
        await client.query('SELECT 1');
      }`,
    'a helper that releases it': `
      import { Pool } from 'pg';
      const pool = new Pool();
      function done(client) { client.release(); }
      async function f() {
        const client = await pool.connect();
        await client.query('SELECT 1');
        done(client);
      }`,
    'a client that listens for as long as the program runs': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export async function listen() {
        const client = await pool.connect();
        client.on('notification', handle);
        await client.query('LISTEN orders');
      }`,
    'kept in a field': `
      import { Pool } from 'pg';
      const pool = new Pool();
      class Lease {
        async open() { this.client = await pool.connect(); const c = await pool.connect(); this.other = c; }
      }`,
    'the same without the import': `
      const pool = createPool();
      async function f() {
        const client = await pool.connect();
        await client.query('SELECT 1');
      }`,
    'a client that is no pool’s': `
      import { Client } from 'pg';
      const one = new Client();
      async function f() {
        const client = await one.connect();
        await client.query('SELECT 1');
      }`,
    'released when the response ends': `
      import { Pool } from 'pg';
      const pool = new Pool();
      async function stream(res) {
        const client = await pool.connect();
        res.on('close', () => client.release());
        client.query('SELECT 1');
      }`,
    'the release of the callback': `
      import { Pool } from 'pg';
      const pool = new Pool();
      pool.connect((err, client, done) => { client.query('SELECT 1', () => done()); });`,
    'mysql2: the pool takes it back': `
      import mysql from 'mysql2/promise';
      const pool = mysql.createPool({});
      async function f() {
        const c = await pool.getConnection();
        await c.query('SELECT 1');
        pool.releaseConnection(c);
      }`,
    'put into an object that is returned': `
      import { Pool } from 'pg';
      const pool = new Pool();
      async function begin() {
        const client = await pool.connect();
        await client.query('BEGIN');
        return { query: sql => client.query(sql), end: () => client.release() };
      }`,
  });
});

describe('its fixes', () => {
  test('one statement needs no client', () => {
    expect(
      fixed(
        rule,
        `
import { Pool } from 'pg';
const pool = new Pool();
export async function user(id: string) {
  // Only one.
  const client = await pool.connect();
  const { rows } = await client.query('SELECT 1', [id]); // by id
  return rows[0];
}
`,
      ),
    ).toBe(`import { Pool } from 'pg';
const pool = new Pool();
export async function user(id: string) {
  // Only one.
  const { rows } = await pool.query('SELECT 1', [id]); // by id
  return rows[0];
}
`);
  });

  test('all that follows stands in try and finally, texts over several lines as they were', () => {
    expect(
      fixed(
        rule,
        `
import { Pool } from 'pg';
const pool = new Pool();
export async function user(id: string) {
  const client = await pool.connect();
  await client.query(\`
    SELECT 1
  \`);

  // And then:
  const { rows } = await client.query(\`\${id}
  x\`);
  return rows[0]; // the first
}
`,
        /finally/,
      ),
    ).toBe(`import { Pool } from 'pg';
const pool = new Pool();
export async function user(id: string) {
  const client = await pool.connect();
  try {
    await client.query(\`
    SELECT 1
  \`);

    // And then:
    const { rows } = await client.query(\`\${id}
  x\`);
    return rows[0]; // the first
  } finally {
    client.release();
  }
}
`);
  });

  test('lines end as they do in the file', () => {
    const text = `import { Pool } from 'pg';\r\nconst pool = new Pool();\r\nasync function f() {\r\n\tconst c = await pool.connect();\r\n\tawait c.query('a');\r\n\tawait c.query('b');\r\n}\r\n`;
    expect(fixed(rule, text).replaceAll('\r\n', '⏎')).toBe(
      `import { Pool } from 'pg';⏎const pool = new Pool();⏎async function f() {⏎\tconst c = await pool.connect();⏎\ttry {⏎\t\tawait c.query('a');⏎\t\tawait c.query('b');⏎\t} finally {⏎\t\tc.release();⏎\t}⏎}⏎`,
    );
  });
});
