import type { FastifyInstance } from 'fastify';
import type { Fault } from '../faults.ts';
import { recentOrdersAtOnce } from '../orders/recent-orders-at-once.ts';
import { recentOrders } from '../orders/recent-orders.ts';
import type { Store } from '../store/store.ts';

const SHOWN = 50;

export async function orderRoutes(
  app: FastifyInstance,
  { store, faults }: { store: Store; faults: ReadonlySet<Fault> },
): Promise<void> {
  const recent = faults.has('n-plus-1') ? recentOrders : recentOrdersAtOnce;

  app.get('/orders', async () => {
    // One more than is shown tells whether there is a next page.
    const orders = await recent(store, SHOWN + 1);
    return { orders: orders.slice(0, SHOWN), more: orders.length > SHOWN };
  });
}
