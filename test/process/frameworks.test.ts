/**
 * Requests are named by the routes of real frameworks, and belong to their own operation in a handler that has waited, on
 * every Node.js. The programs stand in `test/matrix/programs`.
 */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolders } from './cli.ts';
import { buildPreload, printed } from './libraries/run-program.ts';
import { EDGES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const preload = path.join(temporaryFolder(), 'preload.cjs');

beforeAll(() => buildPreload(preload));

/** `asked: name`. */
const EXPRESS = `
  GET /items/abc?secret=1: GET /items/:item
  GET /api/users/abc: GET /api/users/:id
  GET /api: GET /api
  GET /api/admin/audit/abc: GET /api/admin/audit/:entry
  GET /tenants/acme/users/abc: GET /tenants/:tenant/users/:id
  GET /tenants/acme/admin/audit/abc: GET /tenants/:tenant/admin/audit/:entry
  GET /tenants/acme/teams/red/members/joe: GET /tenants/:tenant/teams/:team/members/:member
  GET /inner/reports/abc: GET /inner/reports/:report
  GET /regular/abc: GET /regular/abc
  GET /nowhere/17: GET /nowhere/:id`;
const KOA = `
  GET /api/users/abc: GET /api/users/:id
  GET /api/teams/red/members/joe: GET /api/teams/:team/members/:member
  GET /nowhere/17: GET /nowhere/:id`;
const FASTIFY = `
  GET /tenants/acme/users/abc: GET /tenants/:tenant/users/:id
  GET /nowhere/17: GET /nowhere/:id`;
const H3 = `
  GET /items/abc: GET /items/:item
  GET /api/users/abc: GET /api/users/:id
  GET /nowhere/17: GET /nowhere/:id`;
const NAMES = `
express 5${EXPRESS}
express 4${EXPRESS}
NestJS
  GET /shop/items/abc: GET /shop/items/:item
koa${KOA}
koa, HTTP/2${KOA}
fastify${FASTIFY}
fastify, HTTP/2${FASTIFY}
fastify 4${FASTIFY}
h3${H3}
h3 1${H3}
Hono
  GET /items/abc: GET /items/:item
  GET /api/users/abc: GET /api/users/:id
  GET /mounted/users/abc: GET /mounted/users/:id
  GET /closed/17: GET /closed/:id
  GET /calls: GET /calls
  GET /nowhere/17: GET /nowhere/:id
polka
  GET /items/17: GET /items/:id
GraphQL
  POST /graphql: POST /graphql query Orders
  POST /graphql: POST /graphql query Two
  POST /graphql: POST /graphql query
  POST /graphql: POST /graphql
`;

function draw(told: readonly [string, string, string][]): string {
  const lines = told.map(([framework, asked, name], index) => [
    ...(told[index - 1]?.[0] === framework ? [] : [framework]),
    `  ${asked}: ${name}`,
  ]);
  return `\n${lines.flat().join('\n')}\n`;
}

describe.each(EDGES)('Node $major', node => {
  test.each([
    ['CommonJS', 'routes.cjs'],
    ['ES modules', 'routes.mjs'],
  ])('%s: requests are named by the routes of their framework', async (_, program) => {
    const told = await printed<[string, string, string][]>(node, program, {}, ['--require', preload]);
    expect(draw(told)).toBe(NAMES);
  });
});
