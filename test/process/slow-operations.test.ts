/** The sample shop under load: what Slowcatch says of its planted mistakes, and that it says nothing when there are none. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationRoute } from '../../src/contracts/document.ts';
import { startShopServices } from '../services/shop.mjs';
import { documentOf, slowcatch, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';
import { SHOP } from './running-shop.ts';

const temporaryFolder = temporaryFolders();
const SLOW = ['GET /bestsellers', 'GET /orders', 'GET /pictures', 'POST /checkout'];
/** On a machine that does something else beside it, the other routes take longer than 100 ms now and then. */
const THRESHOLD = '150ms';

let services: Awaited<ReturnType<typeof startShopServices>>;

beforeAll(async () => {
  services = await startShopServices(SHOP);
});

afterAll(() => services.stop());

/** What is recorded of the shop under load, by route. */
async function operationsOf(binary: string, faults: string): Promise<readonly OperationRoute[]> {
  const load = 'node dist/load/load.js --rate 40 --duration 6 --without reports,export';
  const options = ['--json', '--threshold', THRESHOLD, '--out', temporaryFolder(), '--load', load];
  const run = await slowcatch(['run', ...options, '--', binary, 'dist/server.js'], {
    cwd: SHOP,
    env: { ...services.env, SHOP_FAULTS: faults },
  });
  return documentOf(run).operations;
}
