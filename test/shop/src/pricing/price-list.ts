import type { Product } from '../catalog/product.ts';
import { formatMoney } from './money.ts';
import type { Promotion } from './promotion.ts';

export interface Offer {
  id: string;
  name: string;
  category: string;
  description: string;
  price: string;
  /** Set where a promotion lowers the price. */
  insteadOf?: string;
  inStock: boolean;
}

export function priceList(products: readonly Product[], promotions: readonly Promotion[]): Offer[] {
  return products.map(product => {
    const discount = bestDiscount(product, promotions);
    const { id, name, category, description, priceCents, stock } = product;
    const price = formatMoney(Math.round(priceCents * (1 - discount)));
    const offer = { id, name, category, description, price, inStock: stock > 0 };
    return discount > 0 ? { ...offer, insteadOf: formatMoney(priceCents) } : offer;
  });
}

function bestDiscount(product: Product, promotions: readonly Promotion[]): number {
  let best = 0;
  for (const { category, minimumCents, discount } of promotions) {
    if (category === product.category && product.priceCents >= minimumCents) best = Math.max(best, discount);
  }
  return best;
}
