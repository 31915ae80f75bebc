import type { Store } from '../store/store.ts';
import { summarise } from './order-summary.ts';
import type { OrderSummary } from './order-summary.ts';

/**
 * The newest orders with their totals.
 *
 * Planted wait (`n-plus-1`): one query for the lines of each order, one after the other, instead of one for all of them.
 */
export async function recentOrders(store: Store, limit: number): Promise<OrderSummary[]> {
  const summaries: OrderSummary[] = [];
  for (const order of await store.orders.newest(limit)) {
    const lines = await store.orders.linesOf(order.id);
    summaries.push(summarise(order, lines));
  }
  return summaries;
}
