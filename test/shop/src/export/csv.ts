import type { ProductWithSales } from '../catalog/product.ts';

const WINDOW_DAYS = 180;

/**
 * The catalogue as RFC 4180 text, with the most units sold in any 180 days.
 *
 * Planted cost: every window of 180 days is added up from its first day, instead of moving on by one day.
 */
export function renderCatalogCsv(products: readonly ProductWithSales[]): string {
  const rows = ['id,name,category,description,price,stock,best 180 days'];
  for (const { id, name, category, description, priceCents, stock, unitsPerDay } of products) {
    let best = 0;
    for (let first = 0; first + WINDOW_DAYS <= unitsPerDay.length; first++) {
      let units = 0;
      for (let day = first; day < first + WINDOW_DAYS; day++) units += unitsPerDay[day] ?? 0;
      best = Math.max(best, units);
    }
    const price = (priceCents / 100).toFixed(2);
    rows.push([id, quote(name), category, quote(description), price, stock, best].join(','));
  }
  return `${rows.join('\r\n')}\r\n`;
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
