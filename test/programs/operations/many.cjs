'use strict';
/** Ten thousand operations at the same time in one thread; one in a thousand burns CPU under a name of its own. */
const { track } = require(process.argv[2]);
const { burn, sleep } = require('./truth.cjs');

const COUNT = 10_000;

const operation = index => {
  const name = index % 1000 === 0 ? `burns ${index}` : 'waits';
  return track(
    async () => {
      await sleep(300 + (index % 50));
      if (name !== 'waits') burn(name, 2);
    },
    { name },
  );
};
Promise.all(Array.from({ length: COUNT }, (_, index) => operation(index)()));
