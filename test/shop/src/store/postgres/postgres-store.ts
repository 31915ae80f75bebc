import type { Pool } from 'pg';
import { memoryCache } from '../../cache/memory-cache.ts';
import type { Config } from '../../config.ts';
import type { Customer, OrderLine, PlacedOrder } from '../../orders/order.ts';
import type { Sale } from '../../reports/sales.ts';
import type { Catalog, Sales, SalesStore, Store } from '../store.ts';
import { holdingCheckout } from './holding-checkout.ts';
import { openPool } from './pool.ts';
import { firstRow, postgresCatalog, rows } from './postgres-catalog.ts';
import { quickCheckout } from './quick-checkout.ts';

const CONNECTIONS = 10;
/** Checkouts have connections of their own, so that they do not slow down the rest of the shop. */
const CHECKOUT_CONNECTIONS = 3;

const CUSTOMER = 'SELECT id, name, email, password_hash AS "passwordHash" FROM customers';
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const LINE =
  'order_id AS "orderId", product_id AS "productId", quantity, unit_price_cents AS "unitPriceCents"';
const LINES_OF_ORDER = `SELECT ${LINE} FROM order_lines WHERE order_id = $1 ORDER BY position`;

/** Rejects when PostgreSQL or Redis do not answer. */
export async function openPostgresStore(config: Config & { databaseUrl: string }): Promise<Store> {
  const { databaseUrl, redisUrl, faults } = config;
  const pool = await openPool(databaseUrl, CONNECTIONS);
  const checkouts = faults.has('pool') ? await openPool(databaseUrl, CHECKOUT_CONNECTIONS) : undefined;
  const cache =
    redisUrl === undefined
      ? memoryCache()
      : await import('../../cache/redis-cache.ts').then(({ openRedisCache }) => openRedisCache(redisUrl));

  return {
    ...postgresCatalog(pool, cache),
    ...postgresRecords(pool),
    sales: postgresSales(pool),
    checkout: checkouts === undefined ? quickCheckout(pool) : holdingCheckout(checkouts),
    close: async () => {
      await Promise.all([pool.end(), checkouts?.end(), cache.close()]);
    },
  };
}

/** For a process that reads all of it once. */
export async function openPostgresCatalog(databaseUrl: string): Promise<Catalog> {
  const pool = await openPool(databaseUrl, 1);
  return { ...postgresCatalog(pool, memoryCache()), close: () => pool.end() };
}

export async function openPostgresSales(databaseUrl: string): Promise<SalesStore> {
  const pool = await openPool(databaseUrl, 1);
  return { sales: postgresSales(pool), close: () => pool.end() };
}

const postgresRecords = (pool: Pool): Pick<Store, 'customers' | 'orders'> => ({
  customers: {
    find: id => pool.query<Customer>(`${CUSTOMER} WHERE id = $1`, [id]).then(firstRow),
    findByEmail: email => pool.query<Customer>(`${CUSTOMER} WHERE email = $1`, [email]).then(firstRow),
  },
  orders: {
    newest: limit =>
      pool
        .query<PlacedOrder>(
          `SELECT orders.id, customer_id AS "customerId", to_char(placed_at AT TIME ZONE 'UTC', ${ISO}) AS "placedAt",
             coalesce(customers.name, 'deleted account') AS customer
           FROM orders LEFT JOIN customers ON customers.id = customer_id
           ORDER BY placed_at DESC LIMIT $1`,
          [limit],
        )
        .then(rows),
    linesOf: orderId => pool.query<OrderLine>(LINES_OF_ORDER, [orderId]).then(rows),
    linesOfAll: orderIds =>
      pool
        .query<OrderLine>(
          `SELECT ${LINE} FROM order_lines WHERE order_id = ANY($1) ORDER BY order_id, position`,
          [orderIds],
        )
        .then(rows),
  },
});

const postgresSales = (pool: Pool): Sales => ({
  ofYear: year =>
    pool
      .query<Sale>(
        `SELECT to_char(placed_at AT TIME ZONE 'UTC', ${ISO}) AS "soldAt", category,
           quantity * unit_price_cents AS "amountCents"
         FROM orders JOIN order_lines ON order_id = orders.id JOIN products ON products.id = product_id
         WHERE placed_at >= $1 AND placed_at < $2`,
        [`${year}-01-01T00:00:00Z`, `${year + 1}-01-01T00:00:00Z`],
      )
      .then(rows),
});
