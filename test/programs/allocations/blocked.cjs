// Works for as many milliseconds as the first argument says without ever letting go of the thread, then exits with 3.
const { round } = require('./work.cjs');

const pause = new Int32Array(new SharedArrayBuffer(4));
const end = performance.now() + Number(process.argv[2]);
while (performance.now() < end) {
  round();
  Atomics.wait(pause, 0, 0, 5);
}
process.exit(3);
