// Works for the milliseconds of its first argument; `idle` as the second waits instead.
import { distributeRoundingDifferences } from './invoice-totals.controller.js';
import { rankProductsByScore } from './products.js';

const [milliseconds, how] = process.argv.slice(2);
const products = Array.from({ length: 200 }, (_, index) => ({ name: `product ${(index * 7919) % 1000}` }));
const invoices = Array.from({ length: 3000 }, (_, index) => ({ lines: [index, index * 1.1, index / 3] }));

const end = Date.now() + Number(milliseconds);
if (how === 'idle') setTimeout(() => {}, Number(milliseconds));
else {
  while (Date.now() < end) {
    rankProductsByScore(products, 'prodcut 42');
    distributeRoundingDifferences(invoices);
  }
}
