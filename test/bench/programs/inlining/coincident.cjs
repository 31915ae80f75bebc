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
  total += frame(samples, output, 0.5 + (rounds & 7) / 100);
  if (++rounds < 55000) setImmediate(batch);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
}

batch();
