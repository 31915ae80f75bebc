import { describe, expect, test } from 'vitest';
import { transactionOnPool as rule } from '../../../../../src/analysis/source/rules/transaction-on-pool.ts';
import { finds, findingsIn, leavesAlone } from '../lint-text.ts';

describe('a transaction on a pool', () => {
  finds(rule, {
    'of pg': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export async function pay() {
        await pool.query('BEGIN'); // !
        await pool.query('UPDATE accounts SET x = 1');
        await pool.query('COMMIT');
      }`,
    'in a template, with an isolation level': `
      const { Pool } = require('pg');
      const db = new Pool();
      const pay = async () => { await db.query(\`begin isolation level serializable\`); }; // !`,
    'as an object': `
      import pg from 'pg';
      class Store {
        pool = new pg.Pool();
        async pay() { await this.pool.query({ text: 'BEGIN' }); } // !
      }`,
    'of mysql2': `
      import mysql from 'mysql2/promise';
      const pool = mysql.createPool({});
      export async function pay() {
        await pool.execute('START TRANSACTION'); // !
      }`,
    'of another module': `
      import { db } from './db';
      export const undo = () => db.query('ROLLBACK'); // !
// file: db.ts
      import { Pool } from 'pg';
      export const db = new Pool();`,
  });

  leavesAlone(rule, {
    'on a client': `
      import { Pool } from 'pg';
      const pool = new Pool();
      async function f() { const c = await pool.connect(); await c.query('BEGIN'); c.release(); }`,
    'on a single connection': `
      import { Client } from 'pg';
      const client = new Client();
      async function f() { await client.query('BEGIN'); }`,
    'another statement': `
      import { Pool } from 'pg';
      const pool = new Pool();
      pool.query('SELECT * FROM commits');`,
    'the same without the import': `
      const pool = makePool();
      pool.query('BEGIN');`,
    'a parameter that may be either': `
      import { Pool } from 'pg';
      const pool = new Pool();
      async function run(db) { await db.query('BEGIN'); }
      run(pool); pool.connect().then(c => run(c));`,
    'a block of a procedure': `
      import { Pool } from 'pg';
      const pool = new Pool();
      pool.query('DO $$ BEGIN PERFORM 1; END $$');`,
  });

  test('one finding names all its statements', () => {
    const [found, ...others] = findingsIn(
      rule,
      `import { Pool } from 'pg'; const p = new Pool(); async function f() { await p.query('BEGIN'); try { await p.query('COMMIT'); } catch { await p.query('ROLLBACK'); } }`,
    );
    expect(others).toEqual([]);
    expect(found?.finding.related).toHaveLength(2);
  });
});
