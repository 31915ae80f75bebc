import type { Customer } from '../../orders/order.ts';
import { pick, seededRandom } from './random.ts';

const CUSTOMERS = 500;

/** scrypt of `demo`, the password of every customer. */
const DEMO_PASSWORD_HASH = 'shop:308149788ca668c4321d269eaa9b192d0a692822bb7fe4cf0ab7180b72c8bc97';

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
