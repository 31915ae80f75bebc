export interface Order {
  readonly id: string;
  readonly customerId: string;
  /** ISO 8601, UTC. */
  readonly placedAt: string;
}

/** With the name of its customer as it is now. */
export interface PlacedOrder extends Order {
  readonly customer: string;
}

export interface OrderLine {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}
