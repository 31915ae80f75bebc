// A server of which each path burns CPU in a function of its own name; says its port.
'use strict';
const http = require('node:http');
const fs = require('node:fs/promises');

function burn(milliseconds, salt) {
  const end = performance.now() + milliseconds;
  let sum = salt;
  while (performance.now() < end) for (let index = 0; index < 100; index++) sum += Math.sqrt(index + salt);
  return sum;
}

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

const ROUTES = {
  '/cpu': async response => {
    burn(20, 1);
    response.end('cpu');
  },
  '/wait': async response => {
    burn(5, 2);
    await sleep(40);
    burn(5, 2);
    response.end('wait');
  },
  '/file': async response => {
    await fs.readFile(__filename);
    burn(5, 3);
    response.end('file');
  },
  '/fast': async response => void response.end('fast'),
};

const server = http.createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const route = ROUTES[path] ?? ROUTES['/fast'];
  route(response).catch(error => response.destroy(error));
});
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const get = path =>
    new Promise((resolve, reject) =>
      http
        .get({ port, path, agent, host: '127.0.0.1' }, response => response.resume().on('end', resolve))
        .on('error', reject),
    );
  for (let round = 0; round < 3; round++)
    await Promise.all(['/cpu', '/wait?secret=1', '/file', '/fast', '/orders/17'].map(get));
  agent.destroy();
  server.close();
});
