import type { FastifyInstance } from 'fastify';
import { CATEGORIES } from '../catalog/product.ts';
import type { Category } from '../catalog/product.ts';
import { priceList } from '../pricing/price-list.ts';
import type { Store } from '../store/store.ts';

const PAGE_SIZE = 100;

interface ListQuery {
  category?: Category;
  sort: 'name' | 'price';
  page: number;
}

const listQuery = {
  type: 'object',
  properties: {
    category: { enum: CATEGORIES },
    sort: { enum: ['name', 'price'], default: 'name' },
    page: { type: 'integer', minimum: 1, maximum: 1_000, default: 1 },
  },
};

export async function productRoutes(app: FastifyInstance, { store }: { store: Store }): Promise<void> {
  app.get<{ Querystring: ListQuery }>('/products', { schema: { querystring: listQuery } }, async request => {
    const { page } = request.query;
    const [{ total, products }, promotions] = await Promise.all([
      store.products.page({ ...request.query, size: PAGE_SIZE }),
      store.promotions.list(),
    ]);
    return { total, page, items: priceList(products, promotions) };
  });

  app.get<{ Params: { id: string } }>('/products/:id', async (request, reply) => {
    const product = await store.products.find(request.params.id);
    if (product === undefined) return reply.code(404).send({ error: 'no such product' });
    const [offer] = priceList([product], await store.promotions.list());
    return offer;
  });
}
