// Prints what a call costs: the shortest of many windows, which the machine's other work spares.
const { performance } = require('node:perf_hooks');

const CALLS = 1500;
const WINDOWS = Number(process.argv[2]);
/** Below the rate from which only some calls are followed. */
const PAUSE_MILLISECONDS = 20;

function compute(x) {
  let sum = x;
  for (let i = 0; i < 10; i++) sum = (sum * 31 + i) | 0;
  return sum;
}

async function wait(x) {
  return (await x) + 1;
}

const pause = () => new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));

async function main() {
  const best = { sync: Infinity, async: Infinity };
  let sum = 0;
  for (let window = 0; window < WINDOWS; window++) {
    const before = performance.now();
    for (let i = 0; i < CALLS; i++) sum += compute(i);
    const between = performance.now();
    best.sync = Math.min(best.sync, between - before);
    await pause();
    const again = performance.now();
    for (let i = 0; i < CALLS; i++) sum += await wait(i);
    best.async = Math.min(best.async, performance.now() - again);
    await pause();
  }
  const nanoseconds = milliseconds => (milliseconds * 1e6) / CALLS;
  console.log(JSON.stringify({ sync: nanoseconds(best.sync), async: nanoseconds(best.async), sum: sum % 7 }));
}

void main();
