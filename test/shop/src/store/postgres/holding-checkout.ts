import type { Pool } from 'pg';
import type { Checkout } from '../../orders/checkout.ts';

/**
 * Notes a checkout, charges for it and completes it, all in one transaction: what cannot be charged leaves no trace.
 *
 * Planted wait (`pool`): the connection, one of three, is held while the payment provider makes up its mind.
 */
export function holdingCheckout(pool: Pool): Checkout {
  return async ({ productId, quantity }, authorise) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query<{ id: string; amountCents: number }>(
        `INSERT INTO checkouts (product_id, amount_cents) SELECT id, price_cents * $2 FROM products WHERE id = $1
         RETURNING id, amount_cents AS "amountCents"`,
        [productId, quantity],
      );
      const [order] = rows;
      const payment = order && (await authorise(order.amountCents));
      if (order) await client.query('UPDATE checkouts SET payment = $2 WHERE id = $1', [order.id, payment]);
      await client.query('COMMIT');
      return order && payment ? { amountCents: order.amountCents, payment } : undefined;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
}
