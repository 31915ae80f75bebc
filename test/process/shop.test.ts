/** The sample shop with its database: what others are measured on must itself be right. */
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startShopServices } from '../services/shop.mjs';
import { runCommand } from './cli.ts';
import { NODES } from './node-matrix.ts';
import { runLoad, SHOP, startShop, type Shop } from './running-shop.ts';

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

let services: Awaited<ReturnType<typeof startShopServices>>;
const running: Shop[] = [];

beforeAll(async () => {
  services = await startShopServices(SHOP, { latencyMs: 0 });
});

afterEach(() => {
  for (const shop of running.splice(0)) shop.kill();
});

afterAll(() => services.stop());

/** With the database; ended with the test at the latest. */
async function open(env: Record<string, string> = {}, command?: readonly string[]): Promise<Shop> {
  const shop = await startShop({ ...services.env, ...env }, command);
  running.push(shop);
  return shop;
}

/** What the routes answer. */
async function answers(shop: Shop): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const route of ROUTES) {
    const answer = await shop.get(route);
    texts[route] = `${answer.status} ${await answer.text()}`;
  }
  return texts;
}

async function expectAllAnswered(shop: Shop): Promise<void> {
  const statuses = Object.values(await answers(shop)).map(text => text.slice(0, 3));
  expect(statuses).toEqual(Array<string>(ROUTES.length).fill('200'));
}

describe('the database', () => {
  test('every route answers the same from PostgreSQL as from memory, with the planted mistakes and without', async () => {
    const expected = await answers(await open({ DATABASE_URL: '', STORE_LATENCY_MS: '0' }));
    expect(await answers(await open())).toEqual(expected);
    expect(await answers(await open({ SHOP_FAULTS: 'none' }))).toEqual(expected);
  });

  test('it holds more than 100,000 rows: years that the memory does not know', async () => {
    const shop = await open();
    const sales = async (year: number): Promise<number> => {
      const answer = await (await shop.get(`/reports/sales?year=${year}`)).json();
      return (answer as { rows: { sales: number }[] }).rows.reduce((sum, row) => sum + row.sales, 0);
    };
    expect(await sales(2021)).toBe(0);
    const perYear = await sales(2026);
    expect(await sales(2022)).toBe(perYear);
    expect(5 * perYear).toBeGreaterThan(100_000);
  });

  test.each(['pool', 'none'])(
    'with SHOP_FAULTS=%s checkouts are charged, and none is for nothing',
    async SHOP_FAULTS => {
      const { post } = await open({ SHOP_FAULTS });
      const buy = () => post('/checkout', { productId: 'p-0001', quantity: 2 });
      const answers = await Promise.all(Array.from({ length: 12 }, buy));
      const receipts = (await Promise.all(answers.map(answer => answer.json()))) as {
        total: string;
        payment: string;
      }[];
      expect(receipts.map(({ total }) => total)).toEqual(Array<string>(12).fill('€397.98'));
      expect(new Set(receipts.map(({ payment }) => payment)).size).toBe(12);
      expect((await post('/checkout', { productId: 'none', quantity: 1 })).status).toBe(404);
      expect((await post('/checkout', { productId: 'p-0001', quantity: 0 })).status).toBe(400);
    },
  );

  test('customers of the database log in', async () => {
    const { post } = await open();
    const login = (password: string) => post('/login', { email: 'customer7@shop.example', password });
    expect((await login('demo')).status).toBe(200);
    expect((await login('demO')).status).toBe(401);
  });

  test('the pictures are what was noted of them', async () => {
    const picturesWith = async (SHOP_FAULTS: string): Promise<unknown> =>
      (await (await open({ SHOP_FAULTS })).get('/pictures')).json();
    const measured = (await picturesWith('sync-fs')) as { categories: { count: number }[] };
    expect(measured).toEqual(await picturesWith('none'));
    expect(measured.categories.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
  });
});

describe('starting and ending', () => {
  test('without a Redis it says that it caches in memory', async () => {
    const shop = await open({ REDIS_URL: '' });
    expect(shop.run.stdout).toContain('its cache in memory');
    expect((await shop.get('/products')).status).toBe(200);
    expect(await shop.end()).toMatchObject({ code: 0, stderr: '' });
  });

  test.each(NODES)('Node $major starts with it, answers, and ends', async ({ binary }) => {
    const shop = await open({}, [binary, 'dist/server.js']);
    await expectAllAnswered(shop);
    expect(await shop.end()).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([NODES[0], NODES.at(-1)])('under tsx too, with worker and child, on Node $major', async node => {
    const tsx = path.join(SHOP, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const shop = await open({}, [node?.binary ?? '', tsx, 'src/server.ts']);
    await expectAllAnswered(shop);
    expect(await shop.end()).toMatchObject({ code: 0, stderr: '' });
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
    const surroundings = { cwd: SHOP, env: { [name]: value, PORT: '0' } };
    const { code, stderr } = await runCommand([process.execPath, 'dist/server.js'], surroundings);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('the load', () => {
  test('reaches every route, and none fails', async () => {
    const { address } = await open();
    const options = ['--rate', '40', '--duration', '5', '--each', '--without', 'export'];
    const { code, stdout, stderr } = await runLoad([address, ...options]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(' 0 failed');
    for (const kind of ['bestsellers', 'pictures', 'orders', 'checkout', 'reports'])
      expect(stdout).toContain(`  ${kind}: p50`);
    expect(stdout).not.toContain('export');
  });

  test('a kind that it does not know is an error', async () => {
    const { code, stderr } = await runLoad(['--without', 'reports,refunds']);
    expect(code).toBe(2);
    expect(stderr).toContain('not "refunds"');
  });
});
