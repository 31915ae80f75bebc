import type { FastifyInstance } from 'fastify';
import { recentOrders } from '../orders/recent-orders.ts';
import type { Store } from '../store/store.ts';

const SHOWN = 20;

export async function orderRoutes(app: FastifyInstance, { store }: { store: Store }): Promise<void> {
  app.get('/orders', async () => ({ orders: await recentOrders(store, SHOWN) }));
}
