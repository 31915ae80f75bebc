// Functions of many forms, exported or not.
export const parse = (text: string): number => Number(text);

class Cart {
  private readonly prices: number[] = [];
  add = (price: number): void => void this.prices.push(price);
  get total(): number {
    return this.prices.reduce((sum, price) => sum + price, 0);
  }
}
export const api = {
  async load(text: string): Promise<Cart> {
    return new Cart();
  },
  *each(cart: Cart): Generator<number> {
    yield cart.total;
  },
};
export function outer(): number {
  function inner(): number {
    return 1;
  }
  return inner();
}
