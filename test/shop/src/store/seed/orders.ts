import type { Product } from '../../catalog/product.ts';
import type { Customer, Order, OrderLine } from '../../orders/order.ts';
import type { Sale } from '../../reports/sales.ts';
import { between, pick, seededRandom } from './random.ts';

const ORDERS = 12_000;
/** The one year that the store in memory knows. */
export const LAST_YEAR = 2026;
const YEAR_START = Date.UTC(LAST_YEAR, 0, 1);
const YEAR_MS = 365 * 24 * 60 * 60_000;

interface Sold {
  readonly orders: Order[];
  readonly linesByOrder: Map<string, OrderLine[]>;
  readonly sales: Sale[];
}

/** Orders of one year, oldest first, with one to four lines each. */
export function seedOrders(products: readonly Product[], customers: readonly Customer[]): Sold {
  const random = seededRandom(3);
  const sold: Sold = { orders: [], linesByOrder: new Map(), sales: [] };
  for (let index = 0; index < ORDERS; index++) {
    const id = `o-${LAST_YEAR}-${10_000 + index}`;
    const placedAt = new Date(YEAR_START + (index / ORDERS) * YEAR_MS).toISOString();
    sold.orders.push({ id, customerId: pick(random, customers).id, placedAt });
    const lines = Array.from({ length: between(random, 1, 4) }, () => {
      const { id: productId, category, priceCents } = pick(random, products);
      const quantity = between(random, 1, 3);
      sold.sales.push({ soldAt: placedAt, category, amountCents: quantity * priceCents });
      return { orderId: id, productId, quantity, unitPriceCents: priceCents };
    });
    sold.linesByOrder.set(id, lines);
  }
  return sold;
}
