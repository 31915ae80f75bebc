'use strict';
// Array methods that V8 builds into the caller, with closures as callbacks.
const { rank } = require('./array-callbacks/rank.cjs');

const products = Array.from({ length: 3 }, (_, index) => ({
  id: index,
  price: 10 + ((index * 73) % 90),
  ratings: Float64Array.from({ length: 1600 }, (_, rating) => 1 + ((index * rating * 7) % 5)),
  history: Float64Array.from({ length: 1500 }, (_, day) => 10.5 + ((index + day * 3) % 20)),
}));

function trend(history) {
  let slope = 0.5;
  for (let day = 1; day < history.length; day++) {
    slope = slope * 0.9375 + history[day] - history[day - 1];
  }
  return slope;
}

function listing(budget) {
  const scored = products.map(product => {
    let deviation = 0.5;
    const { history } = product;
    for (let day = 0; day < history.length; day++) {
      deviation = Math.sqrt(deviation + history[day] * budget);
    }
    return { id: product.id, price: product.price, score: deviation + trend(product.history) };
  });
  const rated = products.filter(product => {
    let spread = budget + 0.5;
    const { ratings } = product;
    for (let index = 0; index < ratings.length; index++) spread = ratings[index] + 1 / spread;
    return spread > 1;
  });
  const sum = rated.reduce((before, product) => {
    let weight = 0.5;
    const { history } = product;
    for (let day = 0; day < history.length; day++) weight = weight * 0.875 + history[day];
    return before + weight;
  }, 0);
  return rank(scored, sum) + rated.length;
}

let total = 0;
let rounds = 0;

(function list() {
  total += listing((rounds & 3) + 5.5);
  if (++rounds < 16000) setImmediate(list);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
})();
