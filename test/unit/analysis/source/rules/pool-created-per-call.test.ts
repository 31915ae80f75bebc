import { describe, expect, test } from 'vitest';
import { poolCreatedPerCall as rule } from '../../../../../src/analysis/source/rules/pool-created-per-call.ts';
import { finds, findingsIn, leavesAlone } from '../lint-text.ts';

describe('a pool that is made for each call', () => {
  finds(rule, {
    'in a route of express': `
      import express from 'express';
      import { Pool } from 'pg';
      const app = express();
      app.get('/users', async (req, res) => {
        const pool = new Pool(); // !
        res.json((await pool.query('SELECT 1')).rows);
      });`,
    'in a route of a plugin': `
      import type { FastifyInstance } from 'fastify';
      import { PrismaClient } from '@prisma/client';
      export async function routes(app: FastifyInstance) {
        app.post('/orders', async request => {
          const prisma = new PrismaClient(); // !
          return prisma.order.create({ data: request.body });
        });
      }`,
    'in a function that a route calls': `
      const express = require('express');
      const { MongoClient } = require('mongodb');
      const router = express.Router();
      async function load(id) {
        const client = new MongoClient(process.env.URL); // !
        await client.connect();
        return client.db('shop').collection('a').findOne({ id });
      }
      router.get('/:id', async (req, res) => res.json(await load(req.params.id)));
      module.exports = router;`,
    'in a handler by its types': `
      import type { Request, Response } from 'express';
      import Redis from 'ioredis';
      export async function show(req: Request, res: Response) {
        const redis = new Redis(); // !
        res.send(await redis.get(req.params.key));
      }`,
    'in a job': `
      import { Worker } from 'bullmq';
      import knex from 'knex';
      new Worker('mails', async job => {
        const db = knex({ client: 'pg' }); // !
        await db('mails').insert(job.data);
        await db.destroy();
      });`,
    'in an exported function that uses it up': `
      import { Pool } from 'pg';
      export async function getUser(id: string) {
        const pool = new Pool(); // !
        const { rows } = await pool.query('SELECT 1', [id]);
        await pool.end();
        return rows[0];
      }`,
    'in a method': `
      import { createClient } from 'redis';
      export class Sessions {
        async read(id: string) {
          const client = createClient(); // !
          await client.connect();
          return client.get(id);
        }
      }`,
  });

  leavesAlone(rule, {
    'at the top of the module': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const ask = () => pool.query('SELECT 1');`,
    'a lazy singleton': `
      import express from 'express';
      import { Pool } from 'pg';
      let pool;
      const get = () => (pool ??= new Pool());
      express().get('/', async (req, res) => res.json(await get().query('SELECT 1')));`,
    'a lazy singleton with a guard, in the handler': `
      import express from 'express';
      import { Pool } from 'pg';
      let pool;
      express().get('/', async (req, res) => {
        if (!pool) { pool = new Pool(); }
        res.json(await pool.query('SELECT 1'));
      });`,
    'on globalThis': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = globalThis.prisma ?? new PrismaClient();
      if (process.env.NODE_ENV !== 'production') globalThis.prisma = prisma;`,
    'a factory': `
      import { Pool } from 'pg';
      export function createDatabase(url: string) {
        const pool = new Pool({ connectionString: url });
        return { query: (sql: string) => pool.query(sql) };
      }`,
    'a provider of a container': `
      import { Pool } from 'pg';
      export const providers = [{ provide: 'POOL', useFactory: () => { const pool = new Pool(); return pool; } }];`,
    'main, which runs once': `
      import { Pool } from 'pg';
      async function main() {
        const pool = new Pool();
        await pool.query('SELECT 1');
        await pool.end();
      }
      main().catch(console.error);`,
    'one for each tenant, kept in a map': `
      import express from 'express';
      import { Pool } from 'pg';
      const pools = new Map();
      express().get('/', async (req, res) => {
        const pool = new Pool();
        pools.set(req.tenant, pool);
        res.json(await pool.query('SELECT 1'));
      });`,
    'a plugin, which is registered once': `
      import fastify from 'fastify';
      import { Pool } from 'pg';
      const app = fastify();
      app.register(async instance => {
        const pool = new Pool();
        instance.decorate('pool', pool);
        instance.get('/', () => pool.query('SELECT 1'));
      });`,
    'the same without the import': `
      import express from 'express';
      express().get('/', async (req, res) => {
        const pool = new Pool();
        res.json(await pool.query('SELECT 1'));
      });`,
  });

  test('is an error for requests, a warning elsewhere', () => {
    const severity = (text: string) => findingsIn(rule, text).map(({ finding }) => finding.severity);
    const body = `{ const pool = new Pool(); await pool.query('SELECT 1'); }`;
    expect(severity(`import { Pool } from 'pg'; export async function f() ${body}`)).toEqual(['warning']);
    expect(
      severity(
        `import { Pool } from 'pg'; import http from 'node:http'; http.createServer(async () => ${body});`,
      ),
    ).toEqual(['error']);
  });
});
