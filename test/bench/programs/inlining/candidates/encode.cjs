'use strict';

/** A rolling key over the values. */
function encode(codes) {
  let size = 0.5;
  let key = 17.5;
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index];
    key = key * 0.9375 + code;
    size = size * 0.5 + key;
  }
  return size + key;
}

module.exports = { encode };
