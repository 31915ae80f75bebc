// Operations that wait in many ways at a time, each of which tells what it waited for, where and from when to when.
//   service.cjs <api> truth <file to read>     then {rounds}: answers {truth}
//   service.cjs <api> cost                     then {operations}: answers {cpu}, microseconds
const { fork } = require('node:child_process');
const crypto = require('node:crypto');
const dns = require('node:dns');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Writable } = require('node:stream');
const { setTimeout: sleep } = require('node:timers/promises');
const { promisify } = require('node:util');
const { Worker } = require('node:worker_threads');

const [, , api, mode, file] = process.argv;
const { profileAsync } = require(api);
const pbkdf2 = promisify(crypto.pbkdf2);
const { POSTGRES, REDIS } = process.env;
const CONCURRENT = 20;
const between = (low, high) => low + Math.random() * (high - low);
const now = () => Number(process.hrtime.bigint()) / 1000;

const truth = [];
const starts = [];
let newest = 0;
/** The wait that ends now, of the line that follows the call of `begin`. */
function begin(id, kind) {
  const line = Number(/service\.cjs:(\d+)/.exec(new Error('here').stack.split('\n')[2])[1]) + 1;
  const from = now();
  return () => truth.push({ id, kind, line, from, to: now() });
}

function burn(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const workers = Array.from({ length: 4 }, () => {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', wait => setTimeout(() => parentPort.postMessage(1), wait));`,
    { eval: true, env: {} },
  );
  worker.unref();
  return worker;
});
const idle = [...workers];

let lastHolder = Promise.resolve();
function takeLock() {
  const before = lastHolder;
  let release;
  lastHolder = new Promise(resolve => (release = resolve));
  return { before, release };
}

async function orders(id, url) {
  let told = begin(id, 'timer');
  await sleep(between(5, 30));
  told();
  burn(between(0, 1));
  told = begin(id, 'http');
  const response = await fetch(url);
  told();
  await response.text();
  told = begin(id, 'crypto');
  await pbkdf2('a', 'b', 5000, 32, 'sha512');
  told();
  const { before, release } = takeLock();
  told = begin(id, 'lock');
  await before;
  told();
  told = begin(id, 'timer');
  await sleep(between(1, 3));
  told();
  release();
}

async function reports(id) {
  let told = begin(id, 'fs');
  await fs.promises.readFile(file);
  told();
  const worker = idle.pop();
  if (worker) {
    worker.postMessage(between(5, 20));
    told = begin(id, 'worker');
    await once(worker, 'message');
    told();
    idle.push(worker);
  }
  burn(between(0, 1));
  told = begin(id, 'timer');
  await Promise.race([sleep(between(5, 30)), sleep(1000, undefined, { ref: false })]);
  told();
  told = begin(id, 'timer');
  await Promise.all([sleep(between(5, 20)), sleep(between(5, 20)), Promise.resolve()]);
  told();
}

/** More of them at a time than the pool has connections. */
async function queries(id, _, { pool, redis }) {
  let told = begin(id, 'pool');
  const client = await pool.connect();
  told();
  told = begin(id, 'query');
  await client.query('select pg_sleep($1)', [between(0.005, 0.02)]);
  told();
  client.release();
  told = begin(id, 'dns');
  await dns.promises.lookup('localhost');
  told();
  if (redis) {
    told = begin(id, 'query');
    await redis.get('nothing');
    told();
  }
  const slow = new Writable({ highWaterMark: 1, write: (_chunk, _, done) => setTimeout(done, between(5, 20)) });
  slow.write('x');
  told = begin(id, 'stream');
  await once(slow, 'drain');
  told();
  burn(between(0, 1));
}

/** Opened under no operation. */
async function openDatabases() {
  const load = createRequire(path.join(__dirname, '..', '..', '..', 'matrix', 'package.json'));
  const pool = new (load('pg').Pool)({ connectionString: POSTGRES, max: 3, idleTimeoutMillis: 0 });
  const redis = REDIS ? new (load('ioredis'))(REDIS) : undefined;
  await Promise.all([pool.query('select 1'), pool.query('select 1'), pool.query('select 1'), redis?.ping()]);
  return { pool, redis };
}

async function runTruth({ rounds }) {
  const databases = await openDatabases();
  const delays = fork(__filename, [api, 'delays'], { env: {}, execArgv: [] });
  const [{ port }] = await once(delays, 'message');
  const url = `http://127.0.0.1:${port}/`;
  const one = async which => {
    const id = `${which.name} ${++newest}`;
    const operation = profileAsync(() => which(id, url, databases), { name: which.name, thresholdMs: 0 });
    const at = now();
    starts.push({ id, at });
    await operation();
  };
  const line = async (which, times) => {
    for (let time = 0; time < times; time++) await one(which);
  };
  await Promise.all(
    Array.from({ length: CONCURRENT }, (_, index) => line([orders, reports, queries][index % 3], rounds)),
  );
  delays.disconnect();
  databases.redis?.disconnect();
  await databases.pool.end();
  process.send({ truth, starts });
}

const tick = () => new Promise(resolve => setImmediate(resolve));

/** 80 awaits in about a millisecond of work. */
async function request() {
  for (let turn = 0; turn < 8; turn++) {
    await tick();
    for (let step = 0; step < 9; step++) await null;
    burn(0.1);
  }
}

const SLOW_ONE_IN = 200;

async function runCost({ operations }) {
  const route = profileAsync(slow => (slow ? sleep(150) : request()), { name: 'route', thresholdMs: 100 });
  await route(true);
  const lines = async count => {
    let left = count;
    // Now and then it is slow, or nobody would look any more.
    const line = async () => {
      while (left-- > 0) await route(left % SLOW_ONE_IN === 0);
    };
    await Promise.all(Array.from({ length: CONCURRENT }, line));
  };
  await lines(operations / 4);
  const before = process.cpuUsage();
  await lines(operations);
  const { user, system } = process.cpuUsage(before);
  process.send({ cpu: user + system });
}

if (mode === 'delays') {
  http
    .createServer((_, response) => setTimeout(() => response.end('x'), between(5, 30)))
    .listen(0, '127.0.0.1', function listening() {
      process.send({ port: this.address().port });
    });
  process.on('disconnect', () => process.exit());
} else {
  process.on('message', question => (mode === 'truth' ? runTruth(question) : runCost(question)));
  process.on('disconnect', () => process.exit());
  process.send({ isReady: true });
}
