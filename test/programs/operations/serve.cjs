'use strict';
/** Serves HTTP/1 and asks itself; what is burnt belongs to the request of its name. `node serve.cjs <scenario>` */
const http = require('node:http');
const fs = require('node:fs/promises');
const { burn, sleep } = require('./truth.cjs');

const HANDLERS = {
  '/cpu': async (request, response) => {
    burn('GET /cpu', 6);
    response.end();
  },
  '/wait': async (request, response) => {
    burn('GET /wait');
    await sleep(20);
    burn('GET /wait');
    setTimeout(() => {
      burn('GET /wait');
      response.end();
    }, 5);
  },
  '/file': async (request, response) => {
    const text = await fs.readFile(__filename);
    burn('GET /file');
    await { then: resolve => setImmediate(resolve) };
    burn('GET /file');
    response.end(text);
  },
  '/body': (request, response) => {
    request.on('data', () => burn('POST /body'));
    request.on('end', () => {
      burn('POST /body');
      response.on('finish', () => burn('POST /body'));
      response.end();
    });
  },
  '/fails': (request, response) => {
    burn('GET /fails');
    response.writeHead(500).end();
  },
  '/given-up': (request, response) => {
    burn('GET /given-up');
    response.on('close', () => burn('GET /given-up'));
    response.write('a');
  },
  '/never': (request, response) => {
    burn('GET /never');
    response.write('a');
  },
};

function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const handler = HANDLERS[pathname];
  if (handler) return void handler(request, response);
  burn('GET /orders/:id', 2);
  response.statusCode = 404;
  response.end();
}

const server = http.createServer(answer);
const agent = new http.Agent({ keepAlive: true, maxSockets: 3 });

function ask(path, { method = 'GET', own = false } = {}) {
  const { port } = server.address();
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, agent: own ? false : agent };
    const request = http.request(options, response => {
      if (own) return resolve(request);
      response.resume().on('end', () => resolve(request));
    });
    request.on('error', reject);
    if (method === 'GET') return void request.end();
    request.write('a');
    setTimeout(() => request.end('b'), 10);
  });
}

const SCENARIOS = {
  /** More requests than connections: each connection serves several. */
  async requests() {
    const paths = ['/cpu', '/wait?token=secret', '/file', '/fails', '/orders/17', '/wait?token=secret'];
    await Promise.all([...paths.map(path => ask(path)), ask('/body', { method: 'POST' })]);
  },
  async endings() {
    const given = await ask('/given-up', { own: true });
    given.on('error', () => undefined).destroy();
    await sleep(30);
    await ask('/never', { own: true });
  },
  async domains() {
    const domain = require('node:domain').create();
    const work = HANDLERS['/wait'];
    HANDLERS['/wait'] = (request, response) => domain.run(() => work(request, response));
    await Promise.all([ask('/wait'), ask('/wait'), ask('/cpu')]);
  },
  /** A program that puts its own in the place of what we build on. */
  async replaced() {
    const hooks = require('node:async_hooks');
    hooks.AsyncLocalStorage.prototype.getStore = () => ({ id: 'not yours' });
    hooks.AsyncLocalStorage.prototype.run = (store, work) => work();
    Reflect.defineProperty(hooks, 'AsyncLocalStorage', { value: class {} });
    performance.now = () => 0;
    const tick = process.nextTick;
    process.nextTick = (...parameters) => tick.apply(process, parameters);
    Promise.prototype.then = new Proxy(Promise.prototype.then, {});
    globalThis.Promise = class Promise extends globalThis.Promise {};
    globalThis.setTimeout = (work, milliseconds) => void sleep(milliseconds).then(work);
    await Promise.all([ask('/wait'), ask('/file'), ask('/cpu')]);
  },
};

server.listen(0, '127.0.0.1', async () => {
  const scenario = process.argv[2];
  await SCENARIOS[scenario]();
  if (scenario === 'endings') process.exit(0);
  agent.destroy();
  server.close();
});
