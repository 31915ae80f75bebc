'use strict';

/** Roots of many numbers, each from a bad first guess. */
function search(values, seed) {
  let sum = 0.5;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] + seed + sum * 1e-9;
    let root = value + 0.5;
    let step = 0;
    while (step < 12) {
      root = 0.5 * (root + value / root);
      step++;
    }
    sum += root;
  }
  return sum;
}

module.exports = { search };
