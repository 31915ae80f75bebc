'use strict';
// Burns in one function, then in another, waits, and burns in the first again; prints when each phase was, on the
// clock of the samples: the truth of the tests. Both functions are inlined into the loops that call them.
const fs = require('node:fs');

const microseconds = () => Number(process.hrtime.bigint() / 1000n);

const PHASE_MICROSECONDS = 1e6;
/** A collector that is starved on a busy machine begins late. */
const BEGIN_MILLISECONDS = 500;

function mixDigits(rounds) {
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (state * 31 + round) % 1000003; // mixed here
  return state;
}

function sumRoots(rounds) {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round + (sum % 7)); // summed here
  return sum;
}

function mixPhase() {
  const start = microseconds();
  while (microseconds() - start < PHASE_MICROSECONDS) mixDigits(20_000);
  tell('mix', start);
}

function sumPhase() {
  const start = microseconds();
  while (microseconds() - start < PHASE_MICROSECONDS) sumRoots(2000);
  tell('sum', start);
}

/** Not `process.stdout`: it would print later. */
function tell(name, start) {
  fs.writeSync(1, `phase ${JSON.stringify({ name, from: start, to: microseconds() })}\n`);
}

setTimeout(() => {
  mixPhase();
  sumPhase();
  const start = microseconds();
  setTimeout(() => {
    tell('wait', start);
    mixPhase();
  }, PHASE_MICROSECONDS / 1000);
}, BEGIN_MILLISECONDS);
