'use strict';

const WORDS = ['red', 'lamp', 'green', 'chair', 'small', 'table', 'round', 'shelf', 'tall', 'bed'];

const products = Array.from({ length: 4 }, (_, id) => ({
  id,
  name: `${WORDS[id % 10]} ${WORDS[(id * 7 + 3) % 10]} ${WORDS[(id * 3 + 1) % 10]}`,
  price: 5 + ((id * 37) % 200),
  features: Float64Array.from({ length: 1600 }, (_, feature) => (((id + 1) * (feature + 3)) % 17) + 0.5),
}));

function cosine(left, right) {
  let dot = 0.5;
  let length = 1;
  for (let index = 0; index < left.length; index++) {
    dot = dot * 0.875 + left[index] * right[index];
    length = Math.sqrt(length + left[index]);
  }
  return dot / length;
}

function similar(id) {
  const wanted = products[id % products.length];
  return products
    .map(product => ({ ...product, score: cosine(product.features, wanted.features) }))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, 3);
}

const CODES = products.map(({ name }) => Float64Array.from(Buffer.from(name)));

function relevance(codes, words) {
  let state = words + 0.5;
  for (let pass = 0; pass < 120; pass++) {
    for (let index = 0; index < codes.length; index++) {
      state = codes[index] + 1 / state;
    }
  }
  return state;
}

function search(words, limit) {
  const found = products.filter(({ id }) => relevance(CODES[id], words) > 1);
  found.sort((a, b) => a.price - b.price);
  return found.slice(0, limit).map(({ id, name, price }) => ({ id, name, price }));
}

module.exports = { similar, search };
