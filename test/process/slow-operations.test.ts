/** The sample shop under load: what Slowcatch says of its planted mistakes, and that it is silent without them. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
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

/** What a twentieth or more of the time of a route's kept operations went to. */
function spentOn({ keptMilliseconds, cpuMilliseconds, waits }: OperationRoute): readonly string[] {
  const spent = new Map([['cpu', cpuMilliseconds]]);
  for (const { kind, isOnThread, milliseconds } of waits) {
    const name = isOnThread ? `${kind} on thread` : kind;
    spent.set(name, (spent.get(name) ?? 0) + milliseconds);
  }
  return [...spent].filter(([, time]) => time >= keptMilliseconds / 20).map(([name]) => name);
}

/** Their threads may be held up, by others and by the machine. */
const ANYWHERE = ['cpu', 'gc', 'loop', 'query'];
const SPENT_ON: Readonly<Record<string, readonly string[]>> = {
  'GET /bestsellers': ANYWHERE,
  'GET /orders': ANYWHERE,
  'GET /pictures': [...ANYWHERE, 'fs on thread'],
  // Between the two it pays: the provider is a timer, and an order is written by one at a time.
  'POST /checkout': [...ANYWHERE, 'pool', 'timer', 'lock'],
};

/** Share of the time since `before` in which somebody on this machine waited for a processor; 0 where Linux does not tell. */
const starvedSince = (before: Pressure): number => {
  const now = pressure();
  return (
    (now.microseconds - before.microseconds) / 1000 / Math.max(1, now.atMilliseconds - before.atMilliseconds)
  );
};
type Pressure = ReturnType<typeof pressure>;

function pressure(): { readonly microseconds: number; readonly atMilliseconds: number } {
  const file = '/proc/pressure/cpu';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const microseconds = Number(/^some .*total=(\d+)/m.exec(text)?.[1] ?? 0);
  return { microseconds, atMilliseconds: performance.now() };
}

/** The shop, its databases and its load take turns on two processors also where nothing else runs. */
const BUSY_SHARE = 0.3;

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('the routes with a mistake are the slow ones, with cause, waits and line', async () => {
    const routes = await operationsOf(binary, 'cpu,pool,n-plus-1,sync-fs');
    expect([...routes.keys()].sort()).toEqual([...FAST, ...SLOW].sort());
    const slowest = Math.max(...medians(routes, FAST));
    for (const median of medians(routes, SLOW)) expect(median).toBeGreaterThan(slowest);
    const causes = SLOW.map(name => [name, routes.get(name)?.mainCause]);
    expect(Object.fromEntries(causes)).toMatchObject({
      'GET /bestsellers': { kind: 'cpu', file: path.join(SHOP, 'src/catalog/rank.ts') },
      'GET /orders': {
        ...{ kind: 'query', detail: expect.stringContaining('FROM order_lines WHERE order_id = $1') },
        ...lineOf('src/store/postgres/postgres-store.ts', 'query<OrderLine>(LINES_OF_ORDER'),
      },
      'GET /pictures': {
        ...{ kind: 'fs', isOnThread: true, detail: 'readFileSync' },
        ...lineOf('src/pictures/measure-pictures.ts', 'readFileSync(path'),
      },
      'POST /checkout': {
        ...{ kind: 'pool', detail: expect.stringMatching(/^3 of 3 connections out/) },
        ...lineOf('src/store/postgres/holding-checkout.ts', 'await pool.connect()'),
      },
    });
    const { line: ranking = 0 } = routes.get('GET /bestsellers')?.mainCause ?? {};
    expect(ranking).toBeGreaterThanOrEqual(lineOf('src/catalog/rank.ts', 'for (let age').line);
    expect(ranking).toBeLessThanOrEqual(lineOf('src/catalog/rank.ts', 'lead += weight').line);
    for (const name of SLOW)
      expect([name, ...(SPENT_ON[name] ?? [])]).toEqual(
        expect.arrayContaining([name, ...spentOn(routes.get(name)!)]),
      );
    const { kept: orders = [] } = routes.get('GET /orders') ?? {};
    const questions = orders.flatMap(each => each.waits.filter(({ count }) => count === 51));
    expect(questions.map(({ caller }) => caller)).toContainEqual({
      ...lineOf('src/orders/recent-orders.ts', 'await store.orders.linesOf(order.id)'),
      isLoop: true,
    });
    const checkouts = routes.get('POST /checkout')?.kept ?? [];
    const pools = checkouts.map(({ waits }) => waits.find(({ kind }) => kind === 'pool'));
    // Those before it was known that the route is slow have none of their own.
    expect(pools.filter(pool => pool?.line === undefined)).toEqual([]);
    expect(orders.length).toBeGreaterThan(0);
    for (const { waits } of orders) expect(queriesForLines(waits)).toBe(51);
  });
});

describe.each([NODES[0], NODES.at(-1)])('on Node.js $major', node => {
  test('without mistakes nothing is kept, or what a machine that is busy elsewhere has made slow', async () => {
    const before = pressure();
    const routes = await operationsOf(node?.binary ?? '', 'none');
    expect([...routes.keys()].sort()).toEqual([...FAST, ...SLOW].sort());
    const kept = [...routes.values()].flatMap(route => route.kept.map(operation => ({ route, operation })));
    const starved = starvedSince(before);
    const isQuiet = starved < BUSY_SHARE;
    const told = kept.map(({ route: { name }, operation }) => [name, operation.mainCause]);
    expect(isQuiet ? told : []).toEqual([]);
    // A processor that is missing shows as time on the thread, and as slow answers of those who had none either: it is
    // no mistake of one route, and has none of the causes of a mistake.
    const slower = 1 / Math.max(0.02, 1 - starved);
    for (const median of medians(routes, [...FAST, ...SLOW])) expect(median).toBeLessThan(100 * slower);
    const all = [...routes.values()].reduce((sum, { count }) => sum + count, 0);
    expect(kept.length).toBeLessThan((all / 10) * slower);
    for (const { operation } of kept) {
      expect(operation.mainCause).not.toMatchObject({ isOnThread: true });
      const repeated = operation.waits.filter(({ detail, count }) => detail !== undefined && count >= 10);
      expect(repeated).toEqual([]);
    }
  });
});
