'use strict';
/**
 * A server and its client: `all` asks every route five times, `fast` only the fast one, `killed` kills itself while one
 * request is going on, after slow ones. Lines are found by their comments.
 */
const fs = require('node:fs');
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');

const BUSY_MILLISECONDS = 150;

function burn() {
  const end = performance.now() + BUSY_MILLISECONDS;
  let sum = 0;
  while (performance.now() < end) {
    for (let i = 1; i < 5000; i++) sum += Math.sqrt(i) / (i + sum); // line of cpu
  }
  return sum;
}

function readAgain() {
  const end = performance.now() + BUSY_MILLISECONDS;
  let length = 0;
  while (performance.now() < end) {
    length += fs.readFileSync(__filename).length; // line of sync
  }
  return length;
}

async function late() {
  await sleep(200); // line of timer
  return 'late';
}

const ROUTES = {
  '/cpu': async () => burn(),
  '/sync': async () => readAgain(),
  '/timer': late,
  '/fast': async () => 'fast',
};

const server = http.createServer(async (request, response) => {
  response.end(String(await ROUTES[request.url]()));
});

const get = (port, path) =>
  new Promise((resolve, reject) => {
    http
      .get({ port, path, agent: false }, response => response.resume().on('end', resolve))
      .on('error', reject);
  });

server.listen(0, async () => {
  const { port } = server.address();
  const [mode] = process.argv.slice(2);
  const routes = mode === 'fast' ? ['/fast'] : Object.keys(ROUTES);
  for (let round = 0; round < 5; round++) for (const route of routes) await get(port, route);
  if (mode !== 'killed') return server.close();
  // What is kept is on disk about a second later.
  await sleep(2500);
  void get(port, '/timer').catch(() => {});
  await sleep(50);
  process.kill(process.pid, 'SIGKILL');
});
