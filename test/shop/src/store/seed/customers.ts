import type { Customer } from '../../orders/order.ts';
import { pick, seededRandom } from './random.ts';

const CUSTOMERS = 500;

/** scrypt of `demo` (`sessions/password.ts`), the password of every customer. */
const DEMO_PASSWORD_HASH = 'shop:16629d38525dfc982f4a1b0d7768f7d7332f3ae931c1a3dda6041d126f966751';

const firstNames = ['Ada', 'Bo', 'Chen', 'Dina', 'Emil', 'Fatma', 'Gus', 'Hana', 'Ivo', 'Jun'];
const lastNames = ['Abe', 'Berg', 'Costa', 'Diaz', 'Eze', 'Fuchs', 'Garg', 'Holm', 'Ito', 'Jones'];

export function seedCustomers(): Customer[] {
  const random = seededRandom(2);
  return Array.from({ length: CUSTOMERS }, (_, index) => ({
    id: `c-${index + 1}`,
    name: `${pick(random, firstNames)} ${pick(random, lastNames)}`,
    email: `customer${index + 1}@shop.example`,
    passwordHash: DEMO_PASSWORD_HASH,
  }));
}
