/** What a customer wants to buy now. */
export interface Cart {
  readonly productId: string;
  readonly quantity: number;
}

export interface Receipt {
  readonly amountCents: number;
  /** The payment provider's. */
  readonly payment: string;
}

/** Asks the payment provider for an amount in cents; answers its reference. */
export type Authorise = (amountCents: number) => Promise<string>;

/** Charges for a cart and notes it; `undefined` when there is no such product. */
export type Checkout = (cart: Cart, authorise: Authorise) => Promise<Receipt | undefined>;
