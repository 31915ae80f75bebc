'use strict';
/**
 * The service's work in bursts, and in between an event loop that only turns: `setImmediate` as fast as it goes.
 * A beat that comes late, with no order on its way, tells how long something held this thread. Which of the gaps are
 * swaps of segments is known by noting when the agent's own `swap` is called; how long they took is not asked of it.
 *
 *   argv[2]   seconds to run
 *   ──► {"swaps":[{"toldMicroseconds","seenMicroseconds"}]}   of those that fell between two bursts
 */
const { bill } = require('./service.cjs');

const BURST_ORDERS = 40;
const PAUSE_MICROSECONDS = 500_000;
const agent = globalThis[Symbol.for('slowcatch.agent.1')];

const now = () => Number(process.hrtime.bigint() / 1000n);
const swaps = [];
let told;

if (agent) {
  const { swap } = agent;
  agent.swap = () => (told = swap());
}

/** Turns the loop for so long; a swap between two turns is in the gap between them. */
function turnUntil(end) {
  return new Promise(resolve => {
    let last = now();
    told = undefined;
    const beat = () => {
      const at = now();
      if (told !== undefined) swaps.push({ toldMicroseconds: told, seenMicroseconds: at - last });
      told = undefined;
      last = at;
      if (at < end) setImmediate(beat);
      else resolve();
    };
    setImmediate(beat);
  });
}

async function main() {
  const end = now() + Number(process.argv[2]) * 1e6;
  for (let order = 0; now() < end; ) {
    for (const last = order + BURST_ORDERS; order < last; order++) await bill(order);
    await turnUntil(now() + PAUSE_MICROSECONDS);
  }
  process.send({ swaps });
  process.disconnect();
}

void main();
