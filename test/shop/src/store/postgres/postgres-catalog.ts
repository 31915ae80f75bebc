import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { cached } from '../../cache/cache.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Product, ProductWithSales } from '../../catalog/product.ts';
import type { Promotion } from '../../pricing/promotion.ts';
import type { Catalog, PageQuery } from '../store.ts';

const PROMOTIONS_KEY = 'shop:v1:promotions';
const PROMOTIONS_SECONDS = 60;

const COLUMNS = 'id, name, category, description, price_cents AS "priceCents", stock';
/** A query cannot take the name of a column as a value. */
const ORDERINGS: Record<PageQuery['sort'], string> = { name: 'name, id', price: 'price_cents, id' };

export const rows = <T extends QueryResultRow>(result: QueryResult<T>): T[] => result.rows;
export const firstRow = <T extends QueryResultRow>(result: QueryResult<T>): T | undefined => result.rows[0];

export function postgresCatalog(pool: Pool, cache: Cache): Omit<Catalog, 'close'> {
  const count = (category?: string): Promise<number> =>
    pool
      .query<{ count: number }>(
        'SELECT count(*)::int FROM products WHERE $1::text IS NULL OR category = $1',
        [category],
      )
      .then(result => firstRow(result)?.count ?? 0);

  const page = ({ category, sort, page, size }: PageQuery): Promise<Product[]> =>
    pool
      .query<Product>(
        `SELECT ${COLUMNS} FROM products WHERE $1::text IS NULL OR category = $1
         ORDER BY ${ORDERINGS[sort]} LIMIT $2 OFFSET $3`,
        [category, size, (page - 1) * size],
      )
      .then(rows);

  return {
    products: {
      first: limit =>
        pool.query<Product>(`SELECT ${COLUMNS} FROM products ORDER BY id LIMIT $1`, [limit]).then(rows),
      page: async query => {
        const [total, products] = await Promise.all([count(query.category), page(query)]);
        return { total, products };
      },
      count,
      withSales: category =>
        pool
          .query<ProductWithSales>(
            `SELECT ${COLUMNS}, units_per_day AS "unitsPerDay" FROM products
             WHERE $1::text IS NULL OR category = $1 ORDER BY id`,
            [category],
          )
          .then(rows),
      find: id => pool.query<Product>(`SELECT ${COLUMNS} FROM products WHERE id = $1`, [id]).then(firstRow),
    },
    promotions: {
      list: () => cached(cache, PROMOTIONS_KEY, PROMOTIONS_SECONDS, () => promotions(pool)),
    },
  };
}

const promotions = (pool: Pool): Promise<Promotion[]> =>
  pool
    .query<Promotion>('SELECT category, minimum_cents AS "minimumCents", discount FROM promotions')
    .then(rows);
