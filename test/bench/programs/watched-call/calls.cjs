// Prints what a call costs: the shortest of many windows, which the machine's other work spares.
const { AsyncLocalStorage } = require('node:async_hooks');
const { performance } = require('node:perf_hooks');

const CALLS = 1500;
const [windows, context] = process.argv.slice(2);
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

/** Slow once: from then on each call is followed from its beginning on. */
async function slowOnce(x) {
  if (x < 0) await pause();
  return (await x) + 1;
}

const pause = () => new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));

const FORMS = {
  sync() {
    let sum = 0;
    for (let i = 0; i < CALLS; i++) sum += compute(i);
    return sum;
  },
  async async() {
    let sum = 0;
    for (let i = 0; i < CALLS; i++) sum += await wait(i);
    return sum;
  },
  async followed() {
    let sum = 0;
    for (let i = 0; i < CALLS; i++) sum += await slowOnce(i);
    return sum;
  },
};

async function main() {
  if (context === 'context') new AsyncLocalStorage().enterWith({});
  await slowOnce(-1);
  const best = { sync: Infinity, async: Infinity, followed: Infinity };
  for (let window = 0; window < Number(windows); window++)
    for (const [form, call] of Object.entries(FORMS)) {
      const before = performance.now();
      const result = call();
      if (form !== 'sync') await result;
      best[form] = Math.min(best[form], performance.now() - before);
      await pause();
    }
  const nanoseconds = Object.entries(best).map(([form, milliseconds]) => [form, (milliseconds * 1e6) / CALLS]);
  console.log(JSON.stringify(Object.fromEntries(nanoseconds)));
}

void main();
