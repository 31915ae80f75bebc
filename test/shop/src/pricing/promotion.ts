import type { Category } from '../catalog/product.ts';

export interface Promotion {
  readonly category: Category;
  readonly minimumCents: number;
  /** 0 … 1. */
  readonly discount: number;
}
