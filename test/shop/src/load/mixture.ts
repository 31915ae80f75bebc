import { CATEGORIES } from '../catalog/product.ts';

export interface Call {
  readonly path: string;
  /** Sent as JSON by POST. */
  readonly body?: object;
}

interface Kind {
  readonly weight: number;
  /** `n` counts the calls of this kind. */
  readonly call: (n: number) => Call;
}

export const login = (n: number): Call => ({
  path: '/login',
  body: { email: `customer${(n % 500) + 1}@shop.example`, password: 'demo' },
});

const category = (n: number): string => `category=${CATEGORIES[n % CATEGORIES.length]}`;
const productId = (n: number): string => `p-${String((n % 2_000) + 1).padStart(4, '0')}`;

/** The weights add up to 400. */
const mixture: readonly Kind[] = [
  { weight: 126, call: n => ({ path: `/products/${productId(n)}` }) },
  { weight: 100, call: n => ({ path: `/products?${category(n)}&page=${(n % 2) + 1}` }) },
  { weight: 80, call: () => ({ path: '/' }) },
  { weight: 30, call: () => ({ path: '/orders' }) },
  { weight: 30, call: () => ({ path: '/health' }) },
  { weight: 20, call: () => ({ path: '/account' }) },
  { weight: 4, call: n => ({ path: `/products?${category(n)}&sort=score` }) },
  { weight: 5, call: login },
  { weight: 2, call: () => ({ path: '/products?sort=score' }) },
  { weight: 2, call: () => ({ path: '/reports/sales?year=2026' }) },
  { weight: 1, call: () => ({ path: '/export/catalog.csv' }) },
];

/** The next `count` calls: every kind as often as its weight says, evenly spread (smooth weighted round robin). */
export function* calls(count: number): Generator<Call> {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const turns = mixture.map(kind => ({ kind, credit: 0, n: 0 }));
  for (let index = 0; index < count; index++) {
    for (const turn of turns) turn.credit += turn.kind.weight;
    const next = turns.reduce((best, turn) => (turn.credit > best.credit ? turn : best));
    next.credit -= total;
    yield next.kind.call(next.n++);
  }
}
