import type { FastifyInstance } from 'fastify';
import { CATEGORIES } from '../catalog/product.ts';
import type { Category, Product } from '../catalog/product.ts';
import { rankProducts } from '../catalog/rank.ts';
import { priceList } from '../pricing/price-list.ts';
import type { Store } from '../store/store.ts';

const PAGE_SIZE = 100;

interface ListQuery {
  category?: Category;
  sort: 'name' | 'price' | 'score';
  page: number;
}

const listQuery = {
  type: 'object',
  properties: {
    category: { enum: CATEGORIES },
    sort: { enum: ['name', 'price', 'score'], default: 'name' },
    page: { type: 'integer', minimum: 1, default: 1 },
  },
};

const orderings: Record<ListQuery['sort'], (a: Product, b: Product) => number> = {
  name: (a, b) => (a.name < b.name ? -1 : 1),
  price: (a, b) => a.priceCents - b.priceCents,
  score: rankProducts,
};

export async function productRoutes(app: FastifyInstance, { store }: { store: Store }): Promise<void> {
  app.get<{ Querystring: ListQuery }>('/products', { schema: { querystring: listQuery } }, async request => {
    const { category, sort, page } = request.query;
    const [products, promotions] = await Promise.all([
      store.products.list(category),
      store.promotions.list(),
    ]);
    const sorted = products.toSorted(orderings[sort]);
    const items = priceList(sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), promotions);
    return { total: products.length, page, items };
  });

  app.get<{ Params: { id: string } }>('/products/:id', async (request, reply) => {
    const product = await store.products.find(request.params.id);
    if (product === undefined) return reply.code(404).send({ error: 'no such product' });
    const [offer] = priceList([product], await store.promotions.list());
    return offer;
  });
}
