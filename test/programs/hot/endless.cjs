'use strict';
// Run with `Infinity`: takes turns of some 150 ms until it is ended.
const { alternate } = require('./blocks.cjs');

function mixDigits(rounds) {
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (state * 31 + round) % 1000003; // the hot line
  return state;
}

function sumRoots(rounds) {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round + (sum % 7));
  return sum;
}

alternate(
  () => mixDigits(2e7),
  () => sumRoots(1.5e6),
);
