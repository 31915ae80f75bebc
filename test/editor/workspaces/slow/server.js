/** Serves itself: `node server.js <milliseconds> [fast]`. Each route is slow by one thing, but those that are fast. */
import http from 'node:http';
import { readFile } from 'node:fs/promises';
import { rankProducts } from './rank.js';

const [milliseconds = '1000', only] = process.argv.slice(2);
const sleep = time => new Promise(resolve => setTimeout(resolve, time));

const ROUTES = {
  '/report': async () => rankProducts(180),
  '/orders': async () => {
    await takeConnection();
    try {
      await sleep(60);
    } finally {
      giveBack();
    }
  },
  '/files': async () => {
    for (let turn = 0; turn < 40; turn++) await readFile(new URL('server.js', import.meta.url));
    await sleep(120);
  },
  '/ping': async () => undefined,
};

/** A pool of one connection. */
const waiting = [];
let isTaken = false;
async function takeConnection() {
  while (isTaken) await new Promise(resolve => waiting.push(resolve));
  isTaken = true;
}
function giveBack() {
  isTaken = false;
  waiting.shift()?.();
}

const server = http.createServer(async (request, response) => {
  const run = ROUTES[new URL(request.url, 'http://here').pathname];
  if (!run) response.writeHead(404);
  await run?.();
  response.end('done');
});

const get = (port, path) =>
  new Promise((resolve, reject) => {
    http.get({ port, path, agent: false }, answer => answer.resume().on('end', resolve)).on('error', reject);
  });

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const end = Date.now() + Number(milliseconds);
  for (let turn = 0; Date.now() < end; turn++) {
    const ping = get(port, '/ping');
    if (only === 'fast') await Promise.all([ping, sleep(20)]);
    else {
      const orders = Array.from({ length: 4 }, (_, user) => get(port, `/orders?user=${user}`));
      await Promise.all([ping, ...orders, get(port, '/files')]);
      if (turn % 3 === 0) await get(port, '/report');
    }
  }
  server.close();
});
