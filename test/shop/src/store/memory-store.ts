import type { Product } from '../catalog/product.ts';
import type { Checkout } from '../orders/checkout.ts';
import type { Order } from '../orders/order.ts';
import { memoryCatalog } from './memory-catalog.ts';
import { roundTrips } from './round-trip.ts';
import type { RoundTrip } from './round-trip.ts';
import { seedCustomers } from './seed/customers.ts';
import { seedOrders } from './seed/orders.ts';
import { seedProducts } from './seed/products.ts';
import type { Catalog, Store } from './store.ts';

/** The same data in every process; nothing outlives it. */
export function openMemoryStore(latencyMs: number): Store {
  const roundTrip = roundTrips(latencyMs);
  const products = seedProducts();
  const customers = seedCustomers();
  const { orders, linesByOrder, sales } = seedOrders(products, customers);

  const byId = new Map(customers.map(customer => [customer.id, customer]));
  const byEmail = new Map(customers.map(customer => [customer.email, customer]));
  const placed = (order: Order) => ({
    ...order,
    customer: byId.get(order.customerId)?.name ?? 'deleted account',
  });

  return {
    ...memoryCatalog(products, roundTrip),
    customers: {
      find: id => roundTrip(() => byId.get(id)),
      findByEmail: email => roundTrip(() => byEmail.get(email)),
    },
    orders: {
      newest: limit => roundTrip(() => orders.slice(-limit).toReversed().map(placed)),
      linesOf: orderId => roundTrip(() => linesByOrder.get(orderId) ?? []),
      linesOfAll: orderIds => roundTrip(() => orderIds.flatMap(id => linesByOrder.get(id) ?? [])),
    },
    checkout: memoryCheckout(products, roundTrip),
    sales: { ofYear: year => roundTrip(() => sales.filter(({ soldAt }) => soldAt.startsWith(`${year}-`))) },
  };
}

/** Notes nothing: it would grow for as long as the shop runs. */
function memoryCheckout(products: readonly Product[], roundTrip: RoundTrip): Checkout {
  const prices = new Map(products.map(({ id, priceCents }) => [id, priceCents]));
  return async ({ productId, quantity }, authorise) => {
    const priceCents = await roundTrip(() => prices.get(productId));
    if (priceCents === undefined) return undefined;
    const amountCents = priceCents * quantity;
    return { amountCents, payment: await authorise(amountCents) };
  };
}

export const openMemoryCatalog = (latencyMs: number): Catalog =>
  memoryCatalog(seedProducts(), roundTrips(latencyMs));
