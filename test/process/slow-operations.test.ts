/** The sample shop under load: what Slowcatch says of its planted mistakes, and that it is silent without them. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationRoute, OperationWait } from '../../src/contracts/document.ts';
import { startShopServices } from '../services/shop.mjs';
import { documentOf, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES, NODES } from './node-matrix.ts';
import { SHOP } from './running-shop.ts';

const temporaryFolder = temporaryFolders();
const SLOW = ['GET /bestsellers', 'GET /orders', 'GET /pictures', 'POST /checkout'];
const FAST = ['GET /', 'GET /account', 'GET /health', 'GET /products', 'GET /products/:id', 'POST /login'];

let services: Awaited<ReturnType<typeof startShopServices>>;

beforeAll(async () => {
  services = await startShopServices(SHOP);
});

afterAll(() => services.stop());

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

/** What is recorded of the shop under load, by route. */
async function operationsOf(
  binary: string,
  SHOP_FAULTS: string,
  options: readonly string[] = [],
): Promise<ReadonlyMap<string, OperationRoute>> {
  const port = await freePort();
  const load = `"${process.execPath}" dist/load/load.js http://127.0.0.1:${port} --rate 40 --duration 6 --in-turn --without reports,export`;
  const recording = ['--json', '--out', temporaryFolder(), '--load', load, ...options];
  const run = await slowcatch(['run', ...recording, '--', binary, 'dist/server.js'], {
    cwd: SHOP,
    env: { ...services.env, SHOP_FAULTS, PORT: port },
  });
  expect(run.stderr).toContain(' 0 failed');
  const { operations } = documentOf(run);
  return new Map(operations.filter(({ kind }) => kind === 'http').map(route => [route.name, route]));
}

/** Of the routes: what half of their requests take at most, in milliseconds. A busy machine moves it less than the rest. */
const medians = (routes: ReadonlyMap<string, OperationRoute>, names: readonly string[]): readonly number[] =>
  names.map(name => routes.get(name)?.p50Milliseconds ?? NaN);

/** A line of the shop, from 1, as a cause names it. */
function lineOf(name: string, text: string): { file: string; line: number } {
  const file = path.join(SHOP, name);
  const lines = readFileSync(file, 'utf8').split('\n');
  return { file, line: lines.findIndex(line => line.includes(text)) + 1 };
}

const queriesForLines = (waits: readonly OperationWait[]): number =>
  waits
    .filter(({ detail }) => detail?.includes('FROM order_lines WHERE order_id = $1'))
    .reduce((sum, { count }) => sum + count, 0);

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('the routes with a mistake are the slow ones, with cause and line', async () => {
    const routes = await operationsOf(binary, 'cpu,pool,n-plus-1,sync-fs');
    expect([...routes.keys()].sort()).toEqual([...FAST, ...SLOW].sort());
    const slowest = Math.max(...medians(routes, FAST));
    for (const median of medians(routes, SLOW)) expect(median).toBeGreaterThan(slowest);
    for (const name of SLOW) expect([name, routes.get(name)?.keptCount]).not.toEqual([name, 0]);
    expect(routes.get('GET /bestsellers')?.mainCause).toMatchObject({
      kind: 'cpu',
      file: path.join(SHOP, 'src/catalog/rank.ts'),
    });
    expect(routes.get('GET /pictures')?.mainCause).toMatchObject({
      ...{ kind: 'fs', isOnThread: true },
      ...lineOf('src/pictures/measure-pictures.ts', 'readFileSync(path'),
    });
    expect(routes.get('GET /orders')?.mainCause).toMatchObject({
      ...{ kind: 'query', detail: expect.stringContaining('FROM order_lines WHERE order_id = $1') },
      ...lineOf('src/store/postgres/postgres-store.ts', 'query<OrderLine>(LINES_OF_ORDER'),
    });
    const { kept: orders = [] } = routes.get('GET /orders') ?? {};
    const questions = orders.flatMap(each => each.waits.filter(({ count }) => count === 51));
    expect(questions.map(({ caller }) => caller)).toContainEqual({
      ...lineOf('src/orders/recent-orders.ts', 'await store.orders.linesOf(order.id)'),
      isLoop: true,
    });
    expect(routes.get('POST /checkout')?.mainCause).toMatchObject({
      ...{ kind: 'pool', ...lineOf('src/store/postgres/holding-checkout.ts', 'await pool.connect()') },
    });
    const checkouts = routes.get('POST /checkout')?.kept ?? [];
    const pools = checkouts.map(({ waits }) => waits.find(({ kind }) => kind === 'pool'));
    // Those before it was known that the route is slow have none of their own.
    expect(pools.filter(pool => pool?.line === undefined)).toEqual([]);
    const { kept = [] } = routes.get('GET /orders') ?? {};
    expect(kept.length).toBeGreaterThan(0);
    for (const { waits } of kept) expect(queriesForLines(waits)).toBe(51);
  });
});

describe.each([NODES[0], NODES.at(-1)])('on Node.js $major', node => {
  test('without mistakes none of them is slow', async () => {
    const routes = await operationsOf(node?.binary ?? '', 'none');
    expect([...routes.keys()].sort()).toEqual([...FAST, ...SLOW].sort());
    for (const median of medians(routes, [...FAST, ...SLOW])) expect(median).toBeLessThan(100);
  });
});
