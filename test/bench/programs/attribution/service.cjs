'use strict';
/**
 * Ground truth: whatever burns CPU here does so in a function whose name says to which operation it belongs
 * (`burnSlow` to `GET /slow`; see truth.ts). Started as `service.cjs <api.cjs> <http | http2 | workers | pools>`; reports its
 * port over IPC as {port}; ends when the channel closes.
 */
const fs = require('node:fs/promises');
const { EventEmitter } = require('node:events');
const http = require('node:http');
const http2 = require('node:http2');
const { isMainThread, parentPort, Worker } = require('node:worker_threads');

const [, , apiFile, mode] = process.argv;
const { track } = require(apiFile);

function burnSlow(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 3);
  return s;
}
function burnIo(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 5);
  return s;
}
function burnFast(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 9);
  return s;
}
function burnBody(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 17);
  return s;
}
function burnMixed(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 33);
  return s;
}
function burnOuter(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 65);
  return s;
}
function burnInner(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 129);
  return s;
}
function burnInnermost(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 257);
  return s;
}
function burnAsked(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 513);
  return s;
}

function burnPostgres(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 1025);
  return s;
}
function burnRedis(n) {
  let s = 0;
  for (let k = 0; k < n; k++) s += Math.sqrt(k ^ 2049);
  return s;
}

const turn = () => new Promise(resolve => setImmediate(resolve));
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function step(i) {
  await null;
  burnSlow(90_000);
  await Promise.resolve(i);
  return i;
}
async function slow(request, response) {
  let total = 0;
  for (let i = 0; i < 40; i++) {
    total += await step(i);
    if (i % 8 === 0) await turn();
  }
  response.end(`slow ${total}`);
}
async function io(request, response) {
  const file = await fs.open(__filename);
  burnIo(48_000);
  await file.read(Buffer.alloc(512), 0, 512, 0);
  burnIo(48_000);
  await file.close();
  await sleep(20);
  burnIo(48_000);
  response.end('io');
}
async function fast(request, response) {
  await null;
  burnFast(18_000);
  response.end('fast');
}
/** Works in the events of the request and the response. */
function body(request, response) {
  request.on('data', () => burnBody(120_000));
  request.on('end', () => {
    burnBody(120_000);
    response.on('finish', () => burnBody(60_000));
    response.end('body');
  });
}
/** Timers, ticks, thenables, emitters, several things at a time. */
async function mixed(request, response) {
  const emitter = new EventEmitter();
  emitter.on('go', () => burnMixed(60_000));
  await Promise.all([
    new Promise(resolve =>
      setTimeout(() => {
        burnMixed(60_000);
        resolve();
      }, 3),
    ),
    new Promise(resolve =>
      process.nextTick(() => {
        emitter.emit('go');
        resolve();
      }),
    ),
    {
      then(resolve) {
        burnMixed(60_000);
        setImmediate(resolve);
      },
    },
    turn().then(() => burnMixed(60_000)),
  ]);
  queueMicrotask(() => {
    burnMixed(60_000);
    response.end('mixed');
  });
}

const innermost = track(
  () => {
    burnInnermost(90_000);
  },
  { name: 'innermost' },
);
const inner = track(
  async () => {
    burnInner(90_000);
    await turn();
    burnInner(90_000);
    innermost();
    await sleep(2);
    burnInner(90_000);
  },
  { name: 'inner' },
);
async function outer(request, response) {
  burnOuter(90_000);
  const both = Promise.all([inner(), inner()]);
  burnOuter(90_000);
  await both;
  burnOuter(90_000);
  await sleep(1);
  burnOuter(90_000);
  response.end('outer');
}

/** The answer of a worker comes to a listener of the whole thread; what is awaited goes on in its request. */
const answers = new Map();
let asked = 0;
async function ask(request, response) {
  burnAsked(90_000);
  if (!worker) return void response.end('not asked');
  const id = ++asked;
  await new Promise(resolve => {
    answers.set(id, resolve);
    worker.postMessage({ id });
  });
  burnAsked(90_000);
  response.end('asked');
}

/** Fewer connections than requests: callbacks come in the turn of whoever has used the connection before. */
async function postgres(request, response) {
  await pools.postgres.query('select 1');
  burnPostgres(200_000);
  await new Promise(resolve =>
    pools.postgres.query('select 2', () => {
      burnPostgres(200_000);
      resolve();
    }),
  );
  pools.postgres.connect((error, client, release) => {
    burnPostgres(200_000);
    client.query('select 3', () => {
      burnPostgres(200_000);
      release();
      response.end('postgres');
    });
  });
}
async function redis(request, response) {
  await pools.redis.get('a');
  burnRedis(200_000);
  pools.redis.pipeline().get('a').get('b').exec(() => {
    burnRedis(200_000);
    pools.redis.get('a', () => {
      burnRedis(200_000);
      response.end('redis');
    });
  });
}

const ROUTES = {
  '/postgres': postgres,
  '/redis': redis,
 '/slow': slow, '/io': io, '/fast': fast, '/body': body, '/mixed': mixed, '/outer': outer, '/ask': ask };

function answer(request, response) {
  const handler = ROUTES[request.url];
  if (!handler) return void response.writeHead(404).end();
  return handler(request, response);
}

let pools;
if (mode === 'pools') {
  const { POSTGRES, REDIS } = process.env;
  const { Pool } = require('pg');
  const { Redis } = require('ioredis');
  pools = { postgres: new Pool({ connectionString: POSTGRES, max: 4 }), redis: REDIS && new Redis(REDIS) };
}

let worker;
if (isMainThread) {
  if (mode === 'workers') {
    worker = new Worker(__filename, { argv: process.argv.slice(2) });
    worker.on('message', ({ id, port }) => {
      if (port !== undefined) return process.send({ port: server.address().port, workerPort: port });
      answers.get(id)();
      answers.delete(id);
    });
  }
  process.on('disconnect', () => process.exit(0));
} else {
  parentPort.on('message', ({ id }) => parentPort.postMessage({ id }));
}

const server = mode === 'http2' ? http2.createServer(answer) : http.createServer(answer);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  if (!isMainThread) parentPort.postMessage({ port });
  else if (mode !== 'workers') process.send({ port });
});
