export const CATEGORIES = [
  'bath',
  'books',
  'garden',
  'kitchen',
  'lighting',
  'office',
  'sport',
  'toys',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Length of `Product.unitsPerDay`. */
export const SALES_DAYS = 365;

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: Category;
  readonly description: string;
  readonly priceCents: number;
  readonly stock: number;
}

export interface ProductWithSales extends Product {
  /** Units sold, today first. */
  readonly unitsPerDay: Uint8Array;
}
