import { priceList } from '../pricing/price-list.ts';
import type { Catalog } from '../store/store.ts';
import { BEST } from './bestsellers.ts';
import type { Bestsellers } from './bestsellers.ts';
import { CATEGORIES, SALES_DAYS } from './product.ts';
import type { ProductWithSales } from './product.ts';
import { SEASON, TREND_DAYS } from './rank.ts';

/** What `bestsellers` answers, with one score for each product and all categories at once. */
export async function scoredBestsellers(catalog: Catalog): Promise<Bestsellers[]> {
  const promotions = await catalog.promotions.list();
  return Promise.all(
    CATEGORIES.map(async category => {
      const products = await catalog.products.withSales(category);
      const best = sortByScore(products).slice(0, BEST);
      return { category, offers: priceList(best, promotions) };
    }),
  );
}

const weights = Float64Array.from({ length: SALES_DAYS }, (_, age) => {
  const season = 1 + SEASON * Math.cos((2 * Math.PI * age) / SALES_DAYS);
  return season * Math.exp(-age / TREND_DAYS);
});

function sortByScore(products: readonly ProductWithSales[]): ProductWithSales[] {
  return products
    .map(product => ({ product, score: score(product) }))
    .sort((a, b) => b.score - a.score)
    .map(({ product }) => product);
}

function score({ unitsPerDay }: ProductWithSales): number {
  let sum = 0;
  for (let age = 0; age < SALES_DAYS; age++) sum += (weights[age] ?? 0) * (unitsPerDay[age] ?? 0);
  return sum;
}
