import type { Pool } from 'pg';
import type { Checkout } from '../../orders/checkout.ts';

/** Charges first, then notes it: no connection is held meanwhile. */
export function quickCheckout(pool: Pool): Checkout {
  return async ({ productId, quantity }, authorise) => {
    const { rows } = await pool.query<{ amountCents: number }>(
      'SELECT price_cents * $2 AS "amountCents" FROM products WHERE id = $1',
      [productId, quantity],
    );
    const [price] = rows;
    if (price === undefined) return undefined;
    const payment = await authorise(price.amountCents);
    await pool.query('INSERT INTO checkouts (product_id, amount_cents, payment) VALUES ($1, $2, $3)', [
      ...[productId, price.amountCents, payment],
    ]);
    return { amountCents: price.amountCents, payment };
  };
}
