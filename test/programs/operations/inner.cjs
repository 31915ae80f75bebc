'use strict';
/** A slow call whose work is done by fast ones: they are not kept, and what they do is its own. `node inner.cjs <api>` */
const { burn, sleep } = require('./truth.cjs');
const { profileAsync } = require(process.argv[2]);

const fast = profileAsync(
  async wait => {
    burn('outer', 2);
    await sleep(wait);
    burn('outer', 2);
  },
  { name: 'fast', thresholdMs: 100_000 },
);
const middle = profileAsync(
  async () => {
    await fast(10);
    burn('outer', 2);
    await fast(10);
  },
  { name: 'middle', thresholdMs: 100_000 },
);
const atOnce = profileAsync(() => burn('outer', 2), { name: 'at once', thresholdMs: 100_000 });

const outer = profileAsync(
  async () => {
    for (let time = 0; time < 3; time++) await fast(10);
    burn('outer', 2);
    await Promise.all([fast(10), middle(), fast(15)]);
    atOnce();
    // It is still going on when the outer one ends.
    void fast(300).then(() => undefined);
    await sleep(10);
  },
  { name: 'outer', thresholdMs: 1 },
);
outer();
