'use strict';
// Functions made by functions: one text, many closures.

function makeFilter(factor) {
  return function filter(values) {
    let state = 0.5;
    for (let index = 0; index < values.length; index++) {
      state = state * factor + values[index];
    }
    return state;
  };
}

const compose = (first, second) => values => {
  let carried = first(values) + 0.5;
  for (let index = 0; index < 2000; index++) carried = Math.sqrt(carried + index);
  return carried + second(values);
};

function makeCounter() {
  let count = 1.5;
  return {
    add(amount) {
      let rest = count + amount + 0.5;
      for (let round = 0; round < 5000; round++) {
        rest = rest * 0.5 + amount;
      }
      count = rest;
    },
    read: () => {
      let value = count + 0.5;
      for (let pass = 0; pass < 2500; pass++) value = 2 + 1 / value;
      return value;
    },
  };
}

function memoize(compute) {
  const known = new Map();
  return key => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    if (known.size > 3) known.clear();
    known.set(key, value);
    return value;
  };
}

const values = Float64Array.from({ length: 3000 }, (_, index) => index & 15);
const score = compose(makeFilter(0.5), makeFilter(0.75));
const counter = makeCounter();
const zeta = memoize(exponent => {
  let sum = exponent + 1.5;
  for (let term = 1; term < 3000; term++) sum = 0.5 * (sum + exponent / sum) + 1;
  return sum;
});

let total = 0;
let rounds = 0;

const step = () => {
  total += score(values);
  counter.add(rounds & 7);
  total += counter.read() + zeta(rounds % 5);
  if (++rounds < 32000) setImmediate(step);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
};

step();
