/** The sample shop under load: what Slowcatch says of its planted mistakes, and that it is silent without them. */
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationRoute } from '../../src/contracts/document.ts';
import { startShopServices } from '../services/shop.mjs';
import { documentOf, slowcatch, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';
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
  const load = `"${process.execPath}" dist/load/load.js http://127.0.0.1:${port} --rate 40 --duration 6 --without reports,export`;
  const recording = ['--json', '--out', temporaryFolder(), '--load', load, ...options];
  const run = await slowcatch(['run', ...recording, '--', binary, 'dist/server.js'], {
    cwd: SHOP,
    env: { ...services.env, SHOP_FAULTS, PORT: port },
  });
  expect(run.stderr).toContain(' 0 failed');
  const { operations } = documentOf(run);
  return new Map(operations.filter(({ kind }) => kind === 'http').map(route => [route.name, route]));
}

const slowShare = ({ count, slowCount }: OperationRoute): number => slowCount / count;

describe.each(NODES)('on Node.js $major', ({ binary }) => {
  test('the routes with a mistake are the slow ones, with cause and line', async () => {
    const routes = await operationsOf(binary, 'cpu,pool,n-plus-1,sync-fs');
    expect([...routes.keys()].sort()).toEqual([...FAST, ...SLOW].sort());
    // A machine that is busy with something else makes others slow too, but not most of the time.
    const mostlySlow = [...routes.values()].filter(route => slowShare(route) > 0.4);
    expect(mostlySlow.map(({ name }) => name).sort()).toEqual(SLOW);
    expect(routes.get('GET /bestsellers')?.mainCause).toMatchObject({
      kind: 'cpu',
      file: `${SHOP}/src/catalog/rank.ts`,
    });
    expect(routes.get('GET /pictures')?.mainCause).toMatchObject({
      ...{ kind: 'fs', isOnThread: true },
      ...{ file: `${SHOP}/src/pictures/measure-pictures.ts`, line: 19 },
    });
  });

  test('without mistakes none of them is slow more often than the machine makes it', async () => {
    const routes = await operationsOf(binary, 'none');
    expect([...routes.keys()].sort()).toEqual([...FAST, ...SLOW].sort());
    for (const name of SLOW) expect(routes.get(name)?.p50Milliseconds).toBeLessThan(100);
    expect([...routes.values()].filter(route => slowShare(route) > 0.4)).toEqual([]);
  });
});
