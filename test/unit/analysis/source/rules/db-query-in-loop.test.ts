import { describe } from 'vitest';
import { dbQueryInLoop as rule } from '../../../../../src/analysis/source/rules/db-query-in-loop.ts';
import { finds, leavesAlone } from '../lint-text.ts';

const PG = `import { Pool } from 'pg';\nconst pool = new Pool();\n`;
const PRISMA = `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n`;

describe('a query for each element', () => {
  finds(rule, {
    'of pg': `${PG}
      export async function load(orders) {
        for (const order of orders) {
          const { rows } = await pool.query('SELECT * FROM users WHERE id = $1', [order.userId]); // !
          order.user = rows[0];
        }
      }`,
    'of Prisma, by what is made from the element': `${PRISMA}
      export async function load(ids: string[]) {
        const result = [];
        for (let index = 0; index < ids.length; index++) {
          const id = ids[index];
          result.push(await prisma.user.findFirst({ where: { id } })); // !
        }
        return result;
      }`,
    'of mongoose': `
      import mongoose from 'mongoose';
      const User = mongoose.model('User', schema);
      export async function authors(posts) {
        for (const post of posts) post.author = await User.findById(post.authorId); // !
      }`,
    'of a repository of TypeORM': `
      import { Repository } from 'typeorm';
      export class Orders {
        constructor(private readonly users: Repository<User>) {}
        async load(orders) {
          for (const { userId } of orders) {
            await this.users.findOneBy({ id: userId }); // !
          }
        }
      }`,
    'on a borrowed client': `${PG}
      export async function load(ids) {
        const client = await pool.connect();
        try {
          for (const id of ids) await client.query(\`SELECT * FROM items WHERE id = \${id}\`); // !
        } finally { client.release(); }
      }`,
  });

  leavesAlone(rule, {
    pages: `${PRISMA}
      export async function all() {
        for (let page = 0; page < last; page++) await prisma.user.findMany({ skip: page * 100 });
      }`,
    'a few that stand in the source': `${PG}
      export async function counts() {
        for (const table of ['users', 'orders']) await pool.query(\`SELECT count(*) FROM \${table}\`);
      }`,
    'looking until it is found': `${PG}
      export async function find(ids) {
        for (const id of ids) {
          const { rows } = await pool.query('SELECT 1 WHERE id = $1', [id]);
          if (rows[0]) return rows[0];
        }
      }`,
    'pieces of a list': `${PG}
      export async function load(ids) {
        for (const chunk of split(ids)) await pool.query('SELECT 1 WHERE id = ANY($1)', [chunk]);
      }`,
    'a query that does not ask by the element': `${PG}
      export async function poll(times) {
        for (const time of times) { await pool.query('SELECT 1'); log(time); }
      }`,
    'writing, which is another matter': `${PG}
      export async function save(items) {
        for (const item of items) await pool.query('INSERT INTO items VALUES ($1)', [item.id]);
      }`,
    'the same without the import': `
      export async function load(db, ids) {
        for (const id of ids) await db.query('SELECT 1 WHERE id = $1', [id]);
      }`,
    'tries of the same': `${PG}
      export async function get(id) {
        for (let attempt = 0; attempt < 3; attempt++) await pool.query('SELECT $1', [attempt]);
      }`,
    'a function that is only made in the loop': `${PG}
      export function make(ids) {
        const all = [];
        for (const id of ids) all.push(async () => await pool.query('SELECT 1 WHERE id = $1', [id]));
        return all;
      }`,
  });
});
