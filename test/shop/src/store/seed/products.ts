import { CATEGORIES, SALES_DAYS } from '../../catalog/product.ts';
import type { ProductWithSales } from '../../catalog/product.ts';
import type { Promotion } from '../../pricing/promotion.ts';
import { between, pick, seededRandom } from './random.ts';
import type { Random } from './random.ts';

const PRODUCTS = 2_000;
const PROMOTIONS = 40;

const looks = ['Blue', 'Compact', 'Foldable', 'Heavy', 'Light', 'Old', 'Red', 'Round', 'Silent', 'Small'];
const things = ['Basket', 'Bench', 'Bottle', 'Brush', 'Chair', 'Clock', 'Kettle', 'Lamp', 'Pan', 'Shelf'];
const praise = [
  'Made to last, and easy to repair.',
  'Fits where others do not.',
  'A favourite of our customers, and of their children.',
  'Comes with a "no questions" return label.',
  'Assembled in ten minutes, without tools.',
];

export function seedProducts(): ProductWithSales[] {
  const random = seededRandom(1);
  return Array.from({ length: PRODUCTS }, (_, index) => {
    const popularity = between(random, 1, 40);
    return {
      id: `p-${String(index + 1).padStart(4, '0')}`,
      name: `${pick(random, looks)} ${pick(random, things)} ${between(random, 100, 999)}`,
      category: pick(random, CATEGORIES),
      description: Array.from({ length: 4 }, () => pick(random, praise)).join(' '),
      priceCents: between(random, 400, 20_000),
      stock: between(random, 0, 50),
      unitsPerDay: unitsPerDay(random, popularity),
    };
  });
}

const unitsPerDay = (random: Random, popularity: number): Uint8Array =>
  Uint8Array.from({ length: SALES_DAYS }, () => between(random, 0, popularity));

export function seedPromotions(): Promotion[] {
  const random = seededRandom(5);
  return Array.from({ length: PROMOTIONS }, () => ({
    category: pick(random, CATEGORIES),
    minimumCents: between(random, 2_000, 18_000),
    discount: between(random, 5, 30) / 100,
  }));
}
