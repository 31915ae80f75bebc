import { describe, expect, test } from 'vitest';
import { poolReleaseNotInFinally as rule } from '../../../../../src/analysis/source/rules/pool-release-not-in-finally.ts';
import { finds, fixed, leavesAlone } from '../lint-text.ts';

const POOL = `import { Pool } from 'pg';\nconst pool = new Pool();\n`;

describe('a client that is not given back on every path', () => {
  finds(rule, {
    'a statement may throw': `${POOL}
      export async function rows() {
        const client = await pool.connect(); // !
        const result = await client.query('SELECT 1');
        client.release();
        return result.rows;
      }`,
    'an early return': `${POOL}
      export async function rows(id) {
        const client = await pool.connect(); // !
        try {
          const { rows } = await client.query('SELECT 1');
          if (rows.length === 0) return undefined;
          client.release();
          return rows[0];
        } catch (error) {
          client.release();
          throw error;
        }
      }`,
    'a catch that only throws on': `${POOL}
      export async function save(order) {
        const client = await pool.connect(); // !
        try {
          await client.query('BEGIN');
          await client.query('COMMIT');
          client.release();
        } catch (error) {
          await client.query('ROLLBACK');
          throw error;
        }
      }`,
    'a loop that is left': `${POOL}
      export async function first(ids) {
        const client = await pool.connect(); // !
        for (const id of ids) {
          const found = find(id);
          if (found) return found;
        }
        client.release();
      }`,
    'something else is awaited between': `
      import mysql from 'mysql2/promise';
      const pool = mysql.createPool({});
      export async function send(to) {
        const connection = await pool.getConnection(); // !
        await mail(to);
        connection.release();
      }`,
    'a transaction of TypeORM': `
      import { DataSource } from 'typeorm';
      export class Service {
        constructor(private dataSource: DataSource) {}
        async save(x) {
          const runner = this.dataSource.createQueryRunner(); // !
          await runner.connect();
          await runner.manager.save(x);
          await runner.release();
        }
      }`,
    'an error that is thrown on purpose': `${POOL}
      export async function rows(id) {
        const client = await pool.connect(); // !
        if (!id) throw new Error('id');
        client.release();
      }`,
  });

  leavesAlone(rule, {
    finally: `${POOL}
      async function f() {
        const client = await pool.connect();
        try { await client.query('a'); if (x) return 1; await client.query('b'); } finally { client.release(); }
      }`,
    'a name that is set inside try': `${POOL}
      async function f() {
        let client;
        try {
          client = await pool.connect();
          await client.query('a');
        } catch (error) { log(error); } finally {
          if (client) client.release();
        }
      }`,
    'finally with ?. and a loop': `${POOL}
      async function f(ids) {
        let client;
        try {
          client = await pool.connect();
          for (const id of ids) { if (!id) continue; if (id === 1) break; await client.query('a'); }
        } finally { client?.release(); }
      }`,
    'both in catch and after': `${POOL}
      async function f() {
        const client = await pool.connect();
        try {
          await client.query('a');
          client.release();
        } catch (error) {
          await client.query('ROLLBACK');
          client.release(error);
          throw error;
        }
      }`,
    'nothing between': `${POOL}
      async function check() {
        const client = await pool.connect();
        client.release();
        await other();
      }`,
    'the program ends': `${POOL}
      async function f() {
        const client = await pool.connect();
        if (!ok) process.exit(1);
        client.release();
      }`,
    'a flag says who has to release': `${POOL}
      async function f(given) {
        let own = false;
        const client = await pool.connect();
        own = true;
        try { await client.query('a'); } finally { if (own) client.release(); }
      }`,
    'finally of the promise': `${POOL}
      function f() {
        return pool.connect().then(client => client.query('a').finally(() => client.release()));
      }`,
    'the same without the import': `
      const pool = anything();
      async function f() {
        const client = await pool.connect();
        await client.query('a');
        client.release();
      }`,
    'a client that may not be there': `${POOL}
      async function f() {
        let client = null;
        try { client = await pool.connect(); await client.query('a'); return 1; }
        catch { return 2; }
        finally { if (client !== null) { client.release(); } }
      }`,
  });
});

describe('its fix', () => {
  test('moves the release into a finally block', () => {
    expect(
      fixed(
        rule,
        `${POOL}
export async function rows() {
  const client = await pool.connect();

  const result = await client.query('SELECT 1');
  client.release();
  return result.rows;
}
`,
      ),
    ).toBe(`${POOL}
export async function rows() {
  const client = await pool.connect();
  try {

    const result = await client.query('SELECT 1');
    return result.rows;
  } finally {
    client.release();
  }
}
`);
  });

  test('also where it is the last statement, and where there are several', () => {
    expect(
      fixed(
        rule,
        `${POOL}
async function f() {
  const client = await pool.connect();
  if (await busy(client)) {
    client.release();
    return;
  }
  await client.query('a');
  client.release();
}
`,
      ),
    ).toBe(`${POOL}
async function f() {
  const client = await pool.connect();
  try {
    if (await busy(client)) {
      return;
    }
    await client.query('a');
  } finally {
    client.release();
  }
}
`);
  });
});
