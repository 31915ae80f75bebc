'use strict';
/* Widths of characters. */

function advance(values, scale) {
  let sum = 0.5;
  for (let index = 0; index < values.length; index++) {
    sum = Math.sqrt(values[index] * scale + sum);
  }
  return sum;
}

exports.advance = advance;
