'use strict';
/** Burns CPU for an operation, and tells at the program's end when that was: microseconds of CLOCK_MONOTONIC. */
const { hrtime } = process;
const intervals = [];
const now = () => Number(hrtime.bigint()) / 1000;

exports.burn = function burn(owner, milliseconds = 3) {
  const from = now();
  let sum = 0;
  while (now() - from < milliseconds * 1000)
    for (let index = 0; index < 100; index++) sum += Math.sqrt(index);
  intervals.push({ owner, from, to: now() });
  return sum;
};

const { setTimeout: later } = globalThis;
exports.sleep = milliseconds => new Promise(resolve => later(resolve, milliseconds));

process.on('exit', () => console.log(JSON.stringify(intervals)));
