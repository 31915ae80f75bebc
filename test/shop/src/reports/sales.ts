import { CATEGORIES } from '../catalog/product.ts';

export interface Sale {
  /** ISO 8601, UTC. */
  readonly soldAt: string;
  readonly category: string;
  readonly amountCents: number;
}

export interface SalesRow {
  /** `2026-03` */
  month: string;
  category: string;
  sales: number;
  revenueCents: number;
}

/**
 * Sales of a year by month and category.
 *
 * Planted cost: every cell of the table walks through all sales, 12 × 8 times instead of once.
 */
export function summariseSales(sales: readonly Sale[], year: number): SalesRow[] {
  const rows: SalesRow[] = [];
  for (let month = 1; month <= 12; month++) {
    const prefix = `${year}-${String(month).padStart(2, '0')}`;
    for (const category of CATEGORIES) {
      const row = { month: prefix, category, sales: 0, revenueCents: 0 };
      for (const sale of sales) {
        if (!sale.soldAt.startsWith(prefix) || sale.category !== category) continue;
        row.sales++;
        row.revenueCents += sale.amountCents;
      }
      rows.push(row);
    }
  }
  return rows;
}
