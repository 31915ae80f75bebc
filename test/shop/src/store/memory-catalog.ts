import type { Product } from '../catalog/product.ts';
import type { RoundTrip } from './round-trip.ts';
import { seedPromotions } from './seed/products.ts';
import type { Catalog } from './store.ts';

export function memoryCatalog(products: readonly Product[], roundTrip: RoundTrip): Catalog {
  const promotions = seedPromotions();
  const byId = new Map(products.map(product => [product.id, product]));
  return {
    products: {
      list: category =>
        roundTrip(() => products.filter(p => category === undefined || p.category === category)),
      find: id => roundTrip(() => byId.get(id)),
    },
    promotions: { list: () => roundTrip(() => promotions) },
    close: async () => {},
  };
}
