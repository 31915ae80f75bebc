import type { Category, Product, ProductWithSales } from '../catalog/product.ts';
import type { Checkout } from '../orders/checkout.ts';
import type { Customer, OrderLine, PlacedOrder } from '../orders/order.ts';
import type { Promotion } from '../pricing/promotion.ts';
import type { Sale } from '../reports/sales.ts';

export interface PageQuery {
  readonly category?: Category;
  readonly sort: 'name' | 'price';
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

export interface Page {
  /** Of all pages. */
  readonly total: number;
  readonly products: readonly Product[];
}

/** What is for sale. Every call is one round trip. */
export interface Catalog {
  readonly products: {
    first(count: number): Promise<readonly Product[]>;
    page(query: PageQuery): Promise<Page>;
    count(category: Category): Promise<number>;
    withSales(category?: Category): Promise<readonly ProductWithSales[]>;
    find(id: string): Promise<Product | undefined>;
  };
  readonly promotions: {
    list(): Promise<readonly Promotion[]>;
  };
  close(): Promise<void>;
}

/** All that the shop keeps. */
export interface Store extends Catalog {
  readonly customers: {
    find(id: string): Promise<Customer | undefined>;
    findByEmail(email: string): Promise<Customer | undefined>;
  };
  readonly orders: {
    newest(limit: number): Promise<readonly PlacedOrder[]>;
    linesOf(orderId: string): Promise<readonly OrderLine[]>;
    linesOfAll(orderIds: readonly string[]): Promise<readonly OrderLine[]>;
  };
  readonly checkout: Checkout;
  readonly sales: Sales;
}

export interface Sales {
  ofYear(year: number): Promise<readonly Sale[]>;
}

/** What the report worker needs of the store. */
export type SalesStore = Pick<Store, 'sales' | 'close'>;
