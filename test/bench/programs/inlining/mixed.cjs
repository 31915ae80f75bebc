'use strict';
// A small web shop without the network: router, handlers, templates, JSON, sorting.
const { Router } = require('./mixed/router.cjs');
const { page } = require('./mixed/template.cjs');
const { similar, search } = require('./mixed/catalogue.cjs');
const { basketTotal } = require('./mixed/basket.cjs');

const router = new Router();

router.add('GET', '/product', query => page('product', similar(Number(query))));

router.add('GET', '/search', query => {
  const [words, limit] = query.split(',');
  return JSON.stringify({ words, found: search(words.length, Number(limit)) });
});

router.add('POST', '/basket', (_, body) => {
  const basket = JSON.parse(body);
  return JSON.stringify({ total: basketTotal(basket), items: basket.items.length });
});

router.add('GET', '/imprint', () => page('imprint', [{ id: 0, name: 'Imprint', price: 0 }]));

const basket = JSON.stringify({
  coupon: 'SPRING',
  items: Array.from({ length: 3 }, (_, id) => ({ id, quantity: 1 + (id % 3), price: 3 + ((id * 17) % 50) })),
});

const requests = [
  ['GET', '/product?12', ''],
  ['GET', '/search?red lamp,4', ''],
  ['POST', '/basket', basket],
  ['GET', '/product?77', ''],
  ['GET', '/imprint', ''],
];

let bytes = 0;
let rounds = 0;

function serve() {
  for (const [method, url, body] of requests) bytes += router.handle(method, url, body).length;
  if (++rounds < 7000) setImmediate(serve);
  else process.exitCode = bytes > 0 ? 0 : 1;
}

serve();
