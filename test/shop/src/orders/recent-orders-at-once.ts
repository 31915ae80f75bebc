import type { Store } from '../store/store.ts';
import { summarise } from './order-summary.ts';
import type { OrderSummary } from './order-summary.ts';

/** What `recentOrders` answers, in two queries. */
export async function recentOrdersAtOnce(store: Store, limit: number): Promise<OrderSummary[]> {
  const orders = await store.orders.newest(limit);
  const lines = await store.orders.linesOfAll(orders.map(({ id }) => id));
  return orders.map(order =>
    summarise(
      order,
      lines.filter(({ orderId }) => orderId === order.id),
    ),
  );
}
