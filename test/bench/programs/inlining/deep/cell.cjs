'use strict';
const glyphs = require('./glyphs.cjs');

const CACHE = new Float64Array(64);

exports.measureCell = function measureCell(column, values, row) {
  const scaled = glyphs.advance(values, column.scale);
  let rounded = scaled + 0.5;
  for (let digit = 0; digit < 3000; digit++) {
    rounded = rounded * 0.875 + 1.25;
  }
  CACHE[row & 63] = rounded;
  return rounded + CACHE[(row + 1) & 63];
};
