'use strict';

const SPEED = 0.01;

function tremolo(values, energy) {
  let phase = 0.5;
  let sum = 1;
  for (let index = 0; index < values.length; index += 2) {
    phase = phase * (1 - SPEED) + energy;
    sum = 0.5 * (sum + phase / sum);
    sum += values[index] * SPEED;
    phase = phase > 100 ? phase - 100 : phase;
  }
  return sum;
}

module.exports = { tremolo };
