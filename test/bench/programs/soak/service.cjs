'use strict';
/**
 * About 5,000 operations a second of 20 names, one in 200 slow; answers each message with how many there were and how
 * much memory there is. Without a recording it does the same.
 */
const AGENT = Symbol.for('slowcatch.agent.1');
const PER_TURN = 50;
const TURN_MILLISECONDS = 10;
const NAMES = Array.from({ length: 20 }, (_, index) => `operation ${index}`);

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
let count = 0;
let sum = 0;

async function operation(isSlow) {
  for (let index = 0; index < 200; index++) sum += Math.sqrt(index + sum);
  await sleep(isSlow ? 150 : 5);
  for (let index = 0; index < 200; index++) sum += Math.sqrt(index + sum);
  await sleep(1);
}

function begin() {
  const number = count++;
  const work = () => operation(number % 200 === 0);
  const agent = globalThis[AGENT];
  void (agent ? agent.call(NAMES[number % NAMES.length], undefined, work) : work());
}

const turns = setInterval(() => {
  for (let index = 0; index < PER_TURN; index++) begin();
}, TURN_MILLISECONDS);

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ count, rss, heapUsed, external });
});
process.on('disconnect', () => clearInterval(turns));
process.send({ ready: true });
