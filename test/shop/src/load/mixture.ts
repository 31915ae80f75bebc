import { CATEGORIES } from '../catalog/product.ts';

export interface Request {
  readonly path: string;
  /** Sent as JSON by POST. */
  readonly body?: object;
  /** So many at once. */
  readonly times?: number;
}

export interface Call extends Request {
  /** Name of its kind. */
  readonly kind: string;
}

interface Kind {
  readonly name: string;
  readonly weight: number;
  /** By how much of its period the first call comes later: what is heavy comes one after the other. */
  readonly delay?: number;
  /** `n` counts the calls of this kind. */
  readonly call: (n: number) => Request;
}

export const login = (n: number): Request => ({
  path: '/login',
  body: { email: `customer${(n % 500) + 1}@shop.example`, password: 'demo' },
});

const category = (n: number): string => `category=${CATEGORIES[n % CATEGORIES.length]}`;
const productId = (n: number): string => `p-${String((n % 2_000) + 1).padStart(4, '0')}`;

const cart = (n: number): object => ({ productId: productId(n * 7), quantity: (n % 3) + 1 });

/** The weights add up to 400. */
const mixture: readonly Kind[] = [
  { name: 'product', weight: 130, call: n => ({ path: `/products/${productId(n)}` }) },
  {
    name: 'products',
    weight: 114,
    call: n => ({ path: `/products?${category(n)}&sort=${n % 3 ? 'name' : 'price'}&page=${(n % 2) + 1}` }),
  },
  { name: 'storefront', weight: 76, call: () => ({ path: '/' }) },
  { name: 'health', weight: 30, call: () => ({ path: '/health' }) },
  { name: 'account', weight: 20, call: () => ({ path: '/account' }) },
  { name: 'orders', weight: 8, call: () => ({ path: '/orders' }) },
  { name: 'login', weight: 6, call: login },
  { name: 'bestsellers', weight: 4, call: () => ({ path: '/bestsellers' }) },
  { name: 'pictures', weight: 4, delay: 0.5, call: () => ({ path: '/pictures' }) },
  { name: 'checkout', weight: 2, delay: 0.25, call: n => ({ path: '/checkout', body: cart(n), times: 12 }) },
  { name: 'reports', weight: 4, delay: 0.75, call: () => ({ path: '/reports/sales?year=2026' }) },
  { name: 'export', weight: 2, delay: 0.5, call: () => ({ path: '/export/catalog.csv' }) },
];

export const KINDS: readonly string[] = mixture.map(({ name }) => name);

/**
 * The next `count` calls: every kind as often as its weight says, evenly spread (smooth weighted round robin).
 * @param without names of kinds that are left out; the others come more often
 */
export function* calls(count: number, without: readonly string[] = []): Generator<Call> {
  const kinds = mixture.filter(({ name }) => !without.includes(name));
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0);
  const turns = kinds.map(kind => ({ kind, credit: -(kind.delay ?? 0) * total, n: 0 }));
  for (let index = 0; index < count; index++) {
    for (const turn of turns) turn.credit += turn.kind.weight;
    const next = turns.reduce((best, turn) => (turn.credit > best.credit ? turn : best));
    next.credit -= total;
    yield { kind: next.kind.name, ...next.kind.call(next.n++) };
  }
}
