import { memoryCatalog } from './memory-catalog.ts';
import { roundTrips } from './round-trip.ts';
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

  return {
    ...memoryCatalog(products, roundTrip),
    customers: {
      find: id => roundTrip(() => byId.get(id)),
      findByEmail: email => roundTrip(() => byEmail.get(email)),
    },
    orders: {
      newest: limit => roundTrip(() => orders.slice(-limit).toReversed()),
      linesOf: orderId => roundTrip(() => linesByOrder.get(orderId) ?? []),
    },
    sales: { list: () => roundTrip(() => sales) },
  };
}

export const openMemoryCatalog = (latencyMs: number): Catalog =>
  memoryCatalog(seedProducts(), roundTrips(latencyMs));
