import type { Category, Product } from '../catalog/product.ts';
import type { Customer, Order, OrderLine } from '../orders/order.ts';
import type { Promotion } from '../pricing/promotion.ts';
import type { Sale } from '../reports/sales.ts';

/** What is for sale. Every call is one round trip. */
export interface Catalog {
  readonly products: {
    list(category?: Category): Promise<readonly Product[]>;
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
    newest(limit: number): Promise<readonly Order[]>;
    linesOf(orderId: string): Promise<readonly OrderLine[]>;
  };
  readonly sales: {
    list(): Promise<readonly Sale[]>;
  };
}
