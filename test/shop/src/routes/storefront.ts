import type { FastifyInstance } from 'fastify';
import { priceList } from '../pricing/price-list.ts';
import type { Store } from '../store/store.ts';
import { storefrontPage } from '../views/storefront.ts';

const SHOWN = 120;

export async function storefrontRoutes(
  app: FastifyInstance,
  { store, shopName }: { store: Store; shopName: string },
): Promise<void> {
  app.get('/', async (_request, reply) => {
    const [products, promotions] = await Promise.all([store.products.first(SHOWN), store.promotions.list()]);
    const offers = priceList(products, promotions);
    reply.type('text/html; charset=utf-8');
    return storefrontPage(shopName, offers);
  });
}
