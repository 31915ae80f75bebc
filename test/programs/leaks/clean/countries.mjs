/** There are only so many keys. */
export const truth = { why: 'a cache that fills' };

const COUNTRIES = 240;
const taxes = new Map();

function taxOf(country) {
  let tax = taxes.get(country);
  if (!tax) taxes.set(country, (tax = { country, rate: country / 10, rules: [{ from: 0 }, { from: 100 }] }));
  return tax;
}

let seed = 7;
const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

export const operation = () => taxOf(Math.floor(random() * COUNTRIES)).rate;
