'use strict';



/** Follows its input slowly. */
function lowPass(input, output, gain) {
  let state = 0.5;
  for (let index = 0; index < input.length; index++) {
    state += gain * (input[index] - state);
    output[index] = state;
  }
  return state;
}

/** Rises at once, falls slowly. */
function envelope(values, gain) {
  let level = 0.5;
  for (let index = 0; index < values.length; index++) {
    const height = Math.abs(values[index]);
    level = Math.max(height, level * gain);
  }
  return level;
}

module.exports = { lowPass, envelope };
