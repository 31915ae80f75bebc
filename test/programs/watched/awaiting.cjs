// Watched functions that wait, called by nobody's and by each other.
const { setTimeout: sleep } = require('node:timers/promises');

async function inner() {
  await sleep(40); // inner waits
  await sleep(40); // inner waits
}

const outer = async () => {
  await inner(); // outer waits
  await sleep(40); // outer waits
};

(async () => {
  for (let time = 0; time < 3; time++) await inner();
  for (let time = 0; time < 3; time++) await outer();
})();
