/** The sample shop with its database: what others are measured on must itself be right. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShopServices } from '../services/shop.mjs';
import { ROOT } from './cli.ts';
import { NODES } from './node-matrix.ts';

const SHOP = path.join(ROOT, 'test', 'shop');
const ROUTES = [
  '/',
  '/products',
  '/products?category=toys&sort=price&page=2',
  '/products/p-0042',
  '/orders',
  '/bestsellers',
  '/reports/sales?year=2026',
  '/export/catalog.csv',
];

interface Shop {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly get: (route: string) => Promise<Response>;
  readonly post: (route: string, body: object) => Promise<Response>;
}

let services: Awaited<ReturnType<typeof startShopServices>>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  services = await startShopServices(SHOP, { latencyMs: 0 });
});

afterAll(async () => {
  for (const shop of running) shop.kill('SIGKILL');
  await services.stop();
});

/** Resolves when the shop listens. */
async function startShop(
  env: NodeJS.ProcessEnv,
  command = [process.execPath, 'dist/server.js'],
): Promise<Shop> {
  const [program = '', ...parameters] = command;
  const shop = spawn(program, parameters, { cwd: SHOP, env: { ...process.env, ...env, PORT: '0' } });
  running.push(shop);
  let output = '';
  for (const stream of [shop.stdout, shop.stderr])
    stream.setEncoding('utf8').on('data', text => (output += text));
  await expect.poll(() => output, { timeout: 20_000 }).toContain('listening on');
  const address = /listening on (\S+)/.exec(output)?.[1] ?? '';
  const headers = { 'content-type': 'application/json' };
  return {
    process: shop,
    output: () => output,
    get: route => fetch(`${address}${route}`),
    post: (route, body) =>
      fetch(`${address}${route}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

async function end(shop: Shop): Promise<unknown> {
  const ended = once(shop.process, 'exit');
  shop.process.kill('SIGTERM');
  return (await ended)[0];
}

/** What the routes answer, by route. */
async function answers(shop: Shop): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const route of ROUTES) texts[route] = await (await shop.get(route)).text();
  return texts;
}

async function statuses(shop: Shop): Promise<string[]> {
  const all: string[] = [];
  for (const route of ROUTES) all.push(`${(await shop.get(route)).status} ${route}`);
  return all;
}

describe('the database', () => {
  test('every route answers the same from PostgreSQL as from memory, with the planted mistakes and without', async () => {
    const memory = await startShop({ DATABASE_URL: '', STORE_LATENCY_MS: '0' });
    const expected = await answers(memory);
    for (const SHOP_FAULTS of ['', 'none']) {
      const shop = await startShop({ ...services.env, SHOP_FAULTS });
      expect(await answers(shop)).toEqual(expected);
      expect(await end(shop)).toBe(0);
    }
    await end(memory);
  });

  test('it holds more than 100,000 rows: years that the memory does not know', async () => {
    const shop = await startShop(services.env);
    const sales = async (year: number): Promise<number> => {
      const { rows } = (await (await shop.get(`/reports/sales?year=${year}`)).json()) as {
        rows: { sales: number }[];
      };
      return rows.reduce((sum, row) => sum + row.sales, 0);
    };
    expect(await sales(2021)).toBe(0);
    const perYear = await sales(2026);
    expect(await sales(2022)).toBe(perYear);
    expect(5 * perYear).toBeGreaterThan(100_000);
    await end(shop);
  });

  test.each(['pool', 'none'])(
    'with SHOP_FAULTS=%s checkouts are charged, and none is for nothing',
    async SHOP_FAULTS => {
      const shop = await startShop({ ...services.env, SHOP_FAULTS });
      const bought = { productId: 'p-0001', quantity: 2 };
      const receipts = await Promise.all(Array.from({ length: 12 }, () => shop.post('/checkout', bought)));
      const charged = (await Promise.all(receipts.map(receipt => receipt.json()))) as {
        total: string;
        payment: string;
      }[];
      expect(charged.map(({ total }) => total)).toEqual(Array<string>(12).fill('€397.98'));
      expect(new Set(charged.map(({ payment }) => payment)).size).toBe(12);
      expect((await shop.post('/checkout', { productId: 'none', quantity: 1 })).status).toBe(404);
      expect((await shop.post('/checkout', { productId: 'p-0001', quantity: 0 })).status).toBe(400);
      expect(await end(shop)).toBe(0);
    },
  );

  test('customers of the database log in', async () => {
    const shop = await startShop(services.env);
    const login = (password: string) => shop.post('/login', { email: 'customer7@shop.example', password });
    expect((await login('demo')).status).toBe(200);
    expect((await login('demO')).status).toBe(401);
    await end(shop);
  });

  test('the pictures are what was noted of them', async () => {
    const [measuring, noting] = await Promise.all(
      ['sync-fs', 'none'].map(SHOP_FAULTS => startShop({ ...services.env, SHOP_FAULTS })),
    );
    const measured = (await (await measuring?.get('/pictures'))?.json()) as {
      categories: { count: number }[];
    };
    expect(measured).toEqual(await (await noting?.get('/pictures'))?.json());
    expect(measured.categories.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    for (const shop of [measuring, noting]) if (shop) await end(shop);
  });
});

describe('starting and ending', () => {
  test('without a Redis it says that it caches in memory', async () => {
    const shop = await startShop({ ...services.env, REDIS_URL: '' });
    expect(shop.output()).toContain('its cache in memory');
    expect((await shop.get('/products')).status).toBe(200);
    expect(await end(shop)).toBe(0);
  });

  test.each(NODES)('Node $major starts with it, answers, and ends', async ({ binary }) => {
    const shop = await startShop(services.env, [binary, 'dist/server.js']);
    expect(await statuses(shop)).toEqual(ROUTES.map(route => `200 ${route}`));
    expect(await end(shop)).toBe(0);
  });

  test.each([NODES[0], NODES.at(-1)])('under tsx too, with worker and child, on Node $major', async node => {
    const tsx = path.join(SHOP, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const shop = await startShop(services.env, [node?.binary ?? '', tsx, 'src/server.ts']);
    expect(await statuses(shop)).toEqual(ROUTES.map(route => `200 ${route}`));
    await end(shop);
  });

  test.each([
    [
      'DATABASE_URL',
      'mysql://127.0.0.1/shop',
      'DATABASE_URL must be an address that begins with postgres://',
    ],
    ['SHOP_FAULTS', 'cpu,disk', 'not "disk"'],
    ['DATABASE_URL', 'postgres://x:y@127.0.0.1:1/shop', 'ECONNREFUSED'],
  ])('%s=%s is an error', async (name, value, message) => {
    const shop = spawn(process.execPath, ['dist/server.js'], {
      cwd: SHOP,
      env: { ...process.env, [name]: value, PORT: '0' },
    });
    let output = '';
    shop.stderr.setEncoding('utf8').on('data', text => (output += text));
    expect(await once(shop, 'exit')).toEqual([1, null]);
    expect(output).toContain(message);
  });
});

describe('the load', () => {
  const load = async (parameters: string[]): Promise<{ status: unknown; output: string }> => {
    const child = spawn(process.execPath, ['dist/load/load.js', ...parameters], { cwd: SHOP });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', text => (output += text));
    const [status] = (await once(child, 'exit')) as unknown[];
    return { status, output };
  };

  test('reaches every route, and none fails', async () => {
    const shop = await startShop(services.env);
    const address = /listening on (\S+)/.exec(shop.output())?.[1] ?? '';
    const { status, output } = await load([
      address,
      '--rate',
      '40',
      '--duration',
      '5',
      '--each',
      '--without',
      'export',
    ]);
    expect(output).toContain(' 0 failed');
    expect(status).toBe(0);
    for (const kind of ['bestsellers', 'pictures', 'orders', 'checkout', 'reports'])
      expect(output).toContain(`  ${kind}: p50`);
    expect(output).not.toContain('export');
    await end(shop);
  });

  test('a kind that it does not know is an error', async () => {
    const { status, output } = await load(['--without', 'reports,refunds']);
    expect(status).toBe(2);
    expect(output).toContain('not "refunds"');
  });
});
