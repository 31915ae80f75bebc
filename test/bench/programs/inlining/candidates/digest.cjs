'use strict';

/** Mixes a table into one number. */
function digest(table, seed) {
  let hash = seed + 0.5;
  for (let index = 0; index < table.length; index++) {
    hash = hash * 0.875 + table[index];
    hash = 1 / (hash + 1.25);
    hash = hash * 0.75 + 3;
    hash = Math.sqrt(hash);
  }
  return hash;
}

module.exports = { digest };
