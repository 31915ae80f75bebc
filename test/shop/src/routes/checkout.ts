import type { FastifyInstance } from 'fastify';
import type { Cart } from '../orders/checkout.ts';
import { authorise } from '../payments/authorise.ts';
import { formatMoney } from '../pricing/money.ts';
import type { Store } from '../store/store.ts';

const cart = {
  type: 'object',
  required: ['productId', 'quantity'],
  properties: { productId: { type: 'string' }, quantity: { type: 'integer', minimum: 1, maximum: 100 } },
};

export async function checkoutRoutes(app: FastifyInstance, { store }: { store: Store }): Promise<void> {
  app.post<{ Body: Cart }>('/checkout', { schema: { body: cart } }, async (request, reply) => {
    const receipt = await store.checkout(request.body, authorise);
    if (receipt === undefined) return reply.code(404).send({ error: 'no such product' });
    return { total: formatMoney(receipt.amountCents), payment: receipt.payment };
  });
}
