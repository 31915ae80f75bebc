import { priceList } from '../pricing/price-list.ts';
import type { Offer } from '../pricing/price-list.ts';
import type { Catalog } from '../store/store.ts';
import { CATEGORIES } from './product.ts';
import type { Category } from './product.ts';
import { rankProducts } from './rank.ts';

/** Of each category. */
export const BEST = 10;

export interface Bestsellers {
  category: Category;
  offers: Offer[];
}

/** The best of every category, the best first. */
export async function bestsellers(catalog: Catalog): Promise<Bestsellers[]> {
  const promotions = await catalog.promotions.list();
  const lists: Bestsellers[] = [];
  for (const category of CATEGORIES) {
    const products = await catalog.products.withSales(category);
    const best = products.toSorted(rankProducts).slice(0, BEST);
    lists.push({ category, offers: priceList(best, promotions) });
  }
  return lists;
}
