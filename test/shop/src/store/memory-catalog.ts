import type { Product, ProductWithSales } from '../catalog/product.ts';
import type { RoundTrip } from './round-trip.ts';
import { seedPromotions } from './seed/products.ts';
import type { Catalog, PageQuery } from './store.ts';

const orderings: Record<PageQuery['sort'], (a: Product, b: Product) => number> = {
  name: (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)),
  price: (a, b) => a.priceCents - b.priceCents,
};

export function memoryCatalog(products: readonly ProductWithSales[], roundTrip: RoundTrip): Catalog {
  const promotions = seedPromotions();
  const byId = new Map(products.map(product => [product.id, product]));
  const those = (category?: string): readonly ProductWithSales[] =>
    products.filter(product => category === undefined || product.category === category);
  return {
    products: {
      first: count => roundTrip(() => products.slice(0, count)),
      page: query =>
        roundTrip(() => {
          const { page, size } = query;
          const sorted = those(query.category).toSorted(orderings[query.sort]);
          return { total: sorted.length, products: sorted.slice((page - 1) * size, page * size) };
        }),
      count: category => roundTrip(() => those(category).length),
      withSales: category => roundTrip(() => those(category)),
      find: id => roundTrip(() => byId.get(id)),
    },
    promotions: { list: () => roundTrip(() => promotions) },
    close: async () => {},
  };
}
