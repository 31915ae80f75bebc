'use strict';
// Functions of one file, called from one driver.

function ripple(samples) {
  let height = 0.5;
  for (let index = 0; index < samples.length; index++) {
    height += samples[index];
    for (let bounce = 0; bounce < 4; bounce++) height = height * 0.9375 + 0.25;
  }
  return height;
}

function squareRoot(value) {
  let root = value + 0.5;
  for (let step = 0; step < 2500; step++) {
    root = 0.5 * (root + value / root) + 1e-9;
  }
  return root;
}

function fraction(samples) {
  let low = 1.5;
  let high = 0.5;
  for (let index = 0; index < samples.length; index++) {
    low = low * 0.75 + samples[index];
    high = high * 0.5 + low;
  }
  for (let round = 0; round < 2000; round++) {
    high = 1 / (1.5 + high);
  }
  return high;
}

function logistic(rate) {
  let population = 0.5;
  for (let year = 0; year < 6000; year++) {
    population = rate * population * (1 - population);
    if (population < 0) return 0;
  }
  return population;
}

const samples = Float64Array.from({ length: 1500 }, (_, index) => (index * 31) & 255);
let total = 0;
let rounds = 0;

function tick() {
  total += ripple(samples);
  for (let repeat = 1; repeat < 4; repeat++) total += squareRoot(repeat);
  total += fraction(samples);
  total += logistic(3.7);
  if (++rounds < 26000) setImmediate(tick);
  else process.exitCode = total > 0 ? 0 : 1;
}

tick();
