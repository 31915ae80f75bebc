'use strict';
/** Burns CPU for so long. */
exports.burn = function burn(milliseconds, salt) {
  const end = performance.now() + milliseconds;
  let sum = salt;
  while (performance.now() < end) for (let index = 0; index < 100; index++) sum += Math.sqrt(index + salt);
  return sum;
};
exports.sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
