import { formatMoney } from '../pricing/money.ts';
import type { Store } from '../store/store.ts';

export interface OrderSummary {
  id: string;
  placedAt: string;
  customer: string;
  items: number;
  total: string;
}

/**
 * The newest orders with their customers and totals.
 *
 * Planted wait: N+1. Two round trips per order, one after the other, instead of two for all of them.
 */
export async function recentOrders(store: Store, limit: number): Promise<OrderSummary[]> {
  const summaries: OrderSummary[] = [];
  for (const order of await store.orders.newest(limit)) {
    const customer = await store.customers.find(order.customerId);
    const lines = await store.orders.linesOf(order.id);
    const totalCents = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);
    summaries.push({
      id: order.id,
      placedAt: order.placedAt,
      customer: customer?.name ?? 'deleted account',
      items: lines.length,
      total: formatMoney(totalCents),
    });
  }
  return summaries;
}
