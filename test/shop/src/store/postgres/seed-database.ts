import pg from 'pg';
import type { Client } from 'pg';
import { seedCustomers } from '../seed/customers.ts';
import { LAST_YEAR, seedOrders } from '../seed/orders.ts';
import { seedProducts, seedPromotions } from '../seed/products.ts';
import { INDEXES, TABLES } from './schema.ts';

const FIRST_YEAR = 2022;

/** Fills an empty database with what the store in memory has, and with earlier years. Answers the number of rows. */
export async function seedDatabase(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(TABLES);
    const lastYear = await insertLastYear(client);
    const earlier = await copyToEarlierYears(client);
    await client.query('COMMIT');
    await client.query(INDEXES);
    return lastYear + earlier;
  } finally {
    await client.end();
  }
}

async function insertLastYear(client: Client): Promise<number> {
  const products = seedProducts();
  const customers = seedCustomers();
  const { orders, linesByOrder } = seedOrders(products, customers);
  const lines = [...linesByOrder.values()].flatMap(lines =>
    lines.map((line, position) => ({ ...line, position })),
  );
  const tables: [string, readonly object[]][] = [
    ['products', products.map(product => ({ ...product, unitsPerDay: bytea(product.unitsPerDay) }))],
    ['promotions', seedPromotions()],
    ['customers', customers],
    ['orders', orders],
    ['order_lines', lines],
  ];
  let count = 0;
  for (const [table, records] of tables) count += await insertAll(client, table, records);
  return count;
}

const bytea = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** All records in one statement: their properties are the columns of the table. */
async function insertAll(client: Client, table: string, records: readonly object[]): Promise<number> {
  const columns = Object.keys(records[0] ?? {})
    .map(columnName)
    .join(', ');
  const lists = records.map(record =>
    Object.fromEntries(Object.entries(record).map(([property, value]) => [columnName(property), value])),
  );
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
    [JSON.stringify(lists)],
  );
  return records.length;
}

/** The same orders once more in each year before. */
async function copyToEarlierYears(client: Client): Promise<number> {
  const years = `generate_series(${FIRST_YEAR}, ${LAST_YEAR - 1}) AS year`;
  const id = (column: string): string => `replace(${column}, 'o-${LAST_YEAR}-', 'o-' || year || '-')`;
  const orders = await client.query(
    `INSERT INTO orders SELECT ${id('id')}, customer_id, placed_at - make_interval(years => ${LAST_YEAR} - year)
     FROM orders, ${years}`,
  );
  const lines = await client.query(
    `INSERT INTO order_lines SELECT ${id('order_id')}, position, product_id, quantity, unit_price_cents
     FROM order_lines, ${years}`,
  );
  return (orders.rowCount ?? 0) + (lines.rowCount ?? 0);
}
