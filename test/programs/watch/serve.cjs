'use strict';
/**
 * Serves quick and slow requests to itself for the given milliseconds, and until there were slow ones; prints how many of
 * each, and what they burnt.
 */
const http = require('node:http');

const [milliseconds = '3000', slowEvery = '25'] = process.argv.slice(2);
const hasSlow = Number(slowEvery) <= 1000;
const burnt = { burnSlow: 0, burnQuick: 0 };

function burnFor(name, time) {
  const end = performance.now() + time;
  let sum = 0;
  while (performance.now() < end) sum += Math.sqrt(sum + 1);
  burnt[name] += time;
  return sum;
}
function burnSlow(time) {
  return burnFor('burnSlow', time) + 1;
}
function burnQuick(time) {
  return burnFor('burnQuick', time) + 1;
}
const sleep = time => new Promise(resolve => setTimeout(resolve, time));

async function slow() {
  for (let round = 0; round < 6; round++) {
    burnSlow(8);
    await sleep(15);
  }
}

const counts = { quick: 0, slow: 0 };
const server = http.createServer(async (request, response) => {
  if (request.url === '/slow') await slow();
  else burnQuick(4);
  response.end();
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
const get = path =>
  new Promise((resolve, reject) => {
    http.get({ port: server.address().port, path, agent }, answer => answer.resume().on('end', resolve)).on('error', reject);
  });

server.listen(0, '127.0.0.1', async () => {
  const end = performance.now() + Number(milliseconds);
  const pending = new Set();
  const isOver = () => performance.now() >= end && (!hasSlow || counts.slow >= 2);
  while (!isOver()) {
    for (let index = 0; index < Number(slowEvery) && !isOver(); index++) {
      await get('/quick');
      counts.quick++;
    }
    if (!hasSlow) continue;
    counts.slow++;
    const request = get('/slow').finally(() => pending.delete(request));
    pending.add(request);
  }
  await Promise.all(pending);
  console.log(JSON.stringify({ ...counts, ...burnt }));
  agent.destroy();
  server.close();
});
