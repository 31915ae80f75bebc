import { describe, expect, test } from 'vitest';
import { unboundedPromiseAllIo as rule } from '../../../../../src/analysis/source/rules/unbounded-promise-all-io.ts';
import { finds, findingsIn, fixed, leavesAlone } from '../lint-text.ts';

const PG = `import { Pool } from 'pg';\nconst pool = new Pool();\n`;

describe('as many calls at once as a list is long', () => {
  finds(rule, {
    'queries for rows': `${PG}
      export async function load() {
        const { rows } = await pool.query('SELECT id FROM users');
        return Promise.all(rows.map(row => pool.query('SELECT 1 WHERE id = $1', [row.id]))); // !
      }`,
    requests: `
      export const load = async (urls: string[]) =>
        Promise.all(urls.map(async url => (await fetch(url)).json())); // !`,
    'requests of axios, all of them': `
      const axios = require('axios');
      exports.notify = async users => {
        await Promise.allSettled(users.map(user => axios.post(user.hook, {}))); // !
      };`,
    'writes of Prisma': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const save = (items: Item[]) => Promise.all(items.map(data => prisma.item.create({ data }))); // !`,
    'what a request has brought': `
      import express from 'express';
      import got from 'got';
      express().post('/', async (req, res) => {
        res.json(await Promise.all(req.body.urls.map((url: string) => got(url)))); // !
      });`,
  });

  leavesAlone(rule, {
    'a list in the source': `
      export const load = () => Promise.all(['a', 'b'].map(name => fetch('/' + name)));
      const NAMES = ['a', 'b'];
      export const again = () => Promise.all(NAMES.map(name => fetch(name)));`,
    'through a limiter': `
      import pLimit from 'p-limit';
      const limit = pLimit(5);
      export const load = urls => Promise.all(urls.map(url => limit(() => fetch(url))));`,
    'in pieces': `
      export async function load(urls) {
        for (let at = 0; at < urls.length; at += 10) await Promise.all(urls.slice(at, at + 10).map(url => fetch(url)));
      }`,
    'pieces with a name': `
      export async function load(urls) {
        for (const chunk of chunks(urls, 10)) await Promise.all(chunk.map(url => fetch(url)));
      }`,
    'nothing is asked': `
      export const load = urls => Promise.all(urls.map(async url => parse(url)));`,
    'a fetch of one’s own': `
      import { fetch } from './cache';
      export const load = urls => Promise.all(urls.map(url => fetch(url)));`,
    'what Prisma asks at once': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const load = ids => Promise.all(ids.map(id => prisma.user.findUnique({ where: { id } })));`,
    'the same without the import': `
      export const load = (db, ids) => Promise.all(ids.map(id => db.query('SELECT 1', [id])));`,
    'a part of a list': `
      export const first = urls => Promise.all(urls.slice(0, 5).map(url => fetch(url)));`,
  });

  test('is a warning where nobody here says how long the list is', () => {
    const severity = (text: string) => findingsIn(rule, text).map(({ finding }) => finding.severity);
    expect(severity(`export const f = urls => Promise.all(urls.map(url => fetch(url)));`)).toEqual(['info']);
    expect(
      severity(
        `${PG}export async function f() { const { rows } = await pool.query('SELECT 1'); await Promise.all(rows.map(r => fetch(r.url))); }`,
      ),
    ).toEqual(['warning']);
  });

  test('its fix maps ten at a time', () => {
    expect(
      fixed(
        rule,
        `import x from './x.js';\n\nexport const load = (urls: string[]) =>\n  Promise.all(\n    urls.map(async url => {\n      // As JSON.\n      return (await fetch(url)).json();\n    }),\n  );\n`,
      ),
    ).toBe(
      `import pMap from 'p-map';\nimport x from './x.js';\n\nexport const load = (urls: string[]) =>\n  pMap(urls, async url => {\n      // As JSON.\n      return (await fetch(url)).json();\n    }, { concurrency: 10 });\n`,
    );
  });
});
