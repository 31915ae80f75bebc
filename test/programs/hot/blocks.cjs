'use strict';
// Lets two functions take turns and prints how long each has held its thread: the truth of the tests.
// Time on the clock, as a profile measures it: a machine that is busy elsewhere stretches both alike.
const fs = require('node:fs');

const microseconds = () => Number(process.hrtime.bigint() / 1000n);

const TURNS = Number(process.argv[2]) || 1;
/** A collector that is starved on a busy machine begins late; idle time counts for nothing. */
const BEGIN_MILLISECONDS = 250;

exports.alternate = (hot, warm) => void setTimeout(alternate, BEGIN_MILLISECONDS, hot, warm);

/** Few and long turns: only where they change can a sampler that is kept waiting be wrong. */
function alternate(hot, warm) {
  const truth = { hot: 0, warm: 0 };
  for (let turn = 0; turn < TURNS; turn++) {
    const start = microseconds();
    hot();
    const middle = microseconds();
    warm();
    truth.hot += middle - start;
    truth.warm += microseconds() - middle;
    // Not `process.stdout`: in a worker thread it prints later.
    fs.writeSync(1, `truth ${JSON.stringify(truth)}\n`);
  }
}
