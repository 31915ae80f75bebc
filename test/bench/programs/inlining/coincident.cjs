'use strict';
// The hard case: the lines of the two filters are lines of their caller too, which burns time of its own there.
const { lowPass, envelope } = require('./coincident/filters.cjs');
const { tremolo } = require('./coincident/tremolo.cjs');

function frame(samples, output, gain) {
  let energy = 0.5;
  for (let index = 0; index < samples.length; index++) {
    energy = energy * 0.999 + samples[index] * samples[index];
  }
  const smooth = lowPass(samples, output, gain);
  let peak = 0.5;
  for (let index = 0; index < output.length; index++) {
    const value = output[index] * gain;
    peak = peak * 0.97 + value * value;
  }
  const loud = envelope(output, gain);
  const depth = tremolo(output, energy);
  return smooth + loud + peak + depth;
}

const samples = Float64Array.from({ length: 4000 }, (_, index) => Math.sin(index / 7) + Math.cos(index / 3));
const output = new Float64Array(4000);
let total = 0;
let rounds = 0;

function batch() {
  for (let repeat = 0; repeat < 10; repeat++) total += frame(samples, output, 0.5 + repeat / 100);
  if (++rounds < 5500) setImmediate(batch);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
}

batch();
