// Generators (never inlined) and hand-written iterators (whose `next` is), consumed by for-of and spread.

function* windows(values, size) {
  for (let start = 0; start + size <= values.length; start += size) {
    let sum = 0.5;
    for (let index = start; index < start + size; index++) sum = Math.sqrt(sum + values[index]);
    yield sum;
  }
}

class Walk {
  constructor(seed, steps) {
    this.seed = seed;
    this.steps = steps;
  }

  [Symbol.iterator]() {
    let { seed, steps } = this;
    return {
      next: () => {
        if (steps-- === 0) return { done: true, value: undefined };
        let state = seed + 0.5;
        for (let round = 0; round < 5000; round++) state = state * 0.75 + 1.5;
        seed = state;
        return { done: false, value: state };
      },
    };
  }
}

function* positive(iterable) {
  for (const value of iterable) if (value > 0) yield value;
}

function spread(sums) {
  let mean = 0;
  for (const sum of sums) mean += sum / sums.length;
  let variance = 0.5;
  for (let pass = 0; pass < 400; pass++)
    for (let index = 0; index < sums.length; index++) variance = variance * 0.9 + (sums[index] - mean);
  return variance;
}

function decay(seed) {
  let sum = 0.5;
  for (const value of positive(new Walk(seed, 2))) {
    let rest = value + 0.5;
    for (let round = 0; round < 2500; round++) rest = 0.25 + 1 / rest;
    sum += rest;
  }
  return sum;
}

const values = Float64Array.from({ length: 3000 }, (_, index) => (index * 7919) % 1013);
let total = 0;
let rounds = 0;

function round() {
  total += spread([...windows(values, 300)]);
  total += decay(rounds + 1.5);
  if (++rounds < 28000) setImmediate(round);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
}

round();
