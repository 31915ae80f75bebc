// Each waits for about 100 ms, or for what its name says, in an operation of its own.
const { promisify } = require('node:util');
const { exec, spawn, execFile } = require('node:child_process');
const crypto = require('node:crypto');
const dns = require('node:dns');
const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const net = require('node:net');
const { Writable } = require('node:stream');
const zlib = require('node:zlib');

const called = work =>
  new Promise((resolve, reject) => work((error, value) => (error ? reject(error) : resolve(value))));
const ended = stream => new Promise(resolve => stream.on('end', resolve).resume());

exports.cases = w => ({
  'pg pool, promise': async () => {
    w.elsewhere(() => w.one.query('select pg_sleep(0.1)'));
    await w.one.query('select pg_sleep(0.1), $1::text', ['secret']);
  },
  'pg pool, callback': async () => {
    w.elsewhere(() => w.one.query('select pg_sleep(0.1)'));
    await called(done => w.one.query("select pg_sleep(0.1), 'secret'", done));
  },
  'pg, three at once': () =>
    Promise.all([1, 2, 3].map(() => w.pool.query('select pg_sleep(0.1) where 1 in (1, 2, 3)'))),
  'pg, a query that fails': () => w.pool.query('select pg_sleep(0.1), 1/0').catch(() => undefined),
  'pg, a query object': async () => {
    const client = await w.pool.connect();
    await new Promise(resolve => client.query(new w.pg.Query('select pg_sleep(0.1)')).on('end', resolve));
    client.release();
  },
  'pg, two queries of one client': async () => {
    const client = await w.pool.connect();
    await Promise.all([client.query('select pg_sleep(0.1)'), client.query('select pg_sleep(0.1)')]);
    client.release();
  },
  'pg, connecting': async () => {
    const client = new w.pg.Client({ connectionString: process.env.POSTGRES });
    await client.connect();
    await client.end();
  },
  'pg, a cursor': async () => {
    const client = await w.pool.connect();
    const cursor = client.query(new w.Cursor('select pg_sleep(0.05), n from generate_series(1, 2) n'));
    await cursor.read(10);
    await cursor.close();
    client.release();
  },
  'pg, a stream of rows': async () => {
    const client = await w.pool.connect();
    await ended(client.query(new w.QueryStream('select pg_sleep(0.05), n from generate_series(1, 2) n')));
    client.release();
  },
  'mysql2 pool, promise': async () => {
    w.elsewhere(() => w.mysqlPool.query('select sleep(100)', () => undefined));
    await w.mysqlPool.promise().query("select sleep(100), 'secret'");
  },
  'mysql2 pool, callback': async () => {
    w.elsewhere(() => w.mysqlPool.query('select sleep(100)', () => undefined));
    await called(done => w.mysqlPool.query('select sleep(100)', done));
  },
  'mysql2, a query that fails': () =>
    w.mysqlPool
      .promise()
      .query('fail sleep(100)')
      .catch(() => undefined),
  'ioredis, a command': () => w.redis?.blpop('nothing', 0.1),
  'ioredis, callback': () => w.redis && called(done => w.redis.blpop('nothing', 0.1, done)),
  'ioredis, a pipeline': () => w.redis?.pipeline().get('a').blpop('nothing', 0.1).exec(),
  'ioredis, connecting': async () => {
    if (!process.env.REDIS) return;
    const redis = new w.Redis(process.env.REDIS, { lazyConnect: true });
    await redis.connect();
    await redis.get('secret');
    redis.disconnect();
  },
  'node-redis, a command': () => w.redisClient?.blPop('nothing', 0.1),
  'node-redis, raw': () => w.redisClient?.sendCommand(['BLPOP', 'nothing', '0.1']),
  'node-redis, a pipeline': () => w.redisClient?.multi().get('a').set('secret', 'secret').execAsPipeline(),
  'node-redis, a transaction': () => w.redisClient?.multi().get('a').exec(),
  'node-redis, a command that fails': () => w.redisClient?.sendCommand(['NOPE']).catch(() => undefined),
  'node-redis, connecting': async () => {
    if (!process.env.REDIS) return;
    const client = w.redisPackage.createClient({ url: process.env.REDIS });
    await client.connect();
    client.destroy();
  },
  'node-redis pool, contended': async () => {
    if (!w.redisPool) return;
    w.elsewhere(() => w.redisPool.blPop('nothing', 0.1));
    await w.redisPool.get('secret');
  },
  'mongodb, find': () => w.users.findOne({ wait: 100, name: 'secret' }),
  'mongodb, aggregate': () => w.users.aggregate([{ $match: { wait: 100 } }]).toArray(),
  'mongodb, insert': () => w.users.insertOne({ name: 'secret' }),
  'mongodb, a command that fails': () => w.users.findOne({ wait: 100, fails: true }).catch(() => undefined),
  'mongodb, ping': () => w.mongo.db('shop').command({ ping: 1 }),
  'mongodb pool, contended': async () => {
    w.elsewhere(() => w.users.findOne({ wait: 100 }));
    await w.users.findOne({});
  },
  'mongodb, connecting': async () => {
    const mongo = new w.MongoClient(w.mongoUrl, { serverMonitoringMode: 'poll' });
    await mongo.connect();
    await mongo.close();
  },
  'postgres.js, a query': async () => await w.sql`select pg_sleep(${0.1}), 'secret'`,
  'postgres.js, unsafe': async () => await w.sql.unsafe("select pg_sleep(0.1), 'secret'"),
  'postgres.js, a query that fails': () => w.sql`select pg_sleep(0.1), 1/0`.catch(() => undefined),
  'postgres.js, queued': async () => {
    w.elsewhere(() => w.oneByOne`select pg_sleep(0.1)`.execute());
    w.elsewhere(() => w.oneByOne`select pg_sleep(0.1)`.execute());
    await w.oneByOne`select pg_sleep(0.1)`;
  },
  'postgres.js, a transaction': () =>
    w.sql.begin(async sql => {
      await sql`select pg_sleep(0.05)`;
      await sql`select pg_sleep(0.05)`;
    }),
  'knex, a query': async () => await w.builder.select(w.builder.raw("pg_sleep(0.1), 'secret'")),
  'knex pool, contended': async () => {
    w.elsewhere(() => w.builder.raw('select pg_sleep(0.1)').then());
    await w.builder.raw('select pg_sleep(?)', [0.1]);
  },
  'knex, a transaction': () => w.builder.transaction(trx => trx.raw('select pg_sleep(0.1)')),
  'node:sqlite': async () => {
    w.sqlite?.exec("insert into items values ('secret')");
    w.sqlite?.prepare("select count(*) from items where name <> 'secret'").get();
  },
  'generic-pool': async () => {
    const held = await w.elsewhere(() => w.objects.acquire());
    setTimeout(() => w.objects.release(held), 100);
    w.objects.release(await w.objects.acquire());
  },
  tarn: async () => {
    const held = await w.elsewhere(() => w.tarnPool.acquire().promise);
    setTimeout(() => w.tarnPool.release(held), 100);
    w.tarnPool.release(await w.tarnPool.acquire().promise);
  },
  fetch: async () => (await fetch(`${w.url}&delay=100&body=100`)).text(),
  'undici of the registry': async () =>
    w.undici && (await w.undici.request(`${w.url}&delay=100&body=100`)).body.text(),
  'http.get': () =>
    new Promise(resolve =>
      http.get(`${w.url}&delay=100&body=100`, response => ended(response).then(resolve)),
    ),
  'http.get, queued behind another': async () => {
    const options = { agent: w.oneSocket };
    const get = () =>
      new Promise(resolve =>
        http.get(`${w.url}&delay=100`, options, response => ended(response).then(resolve)),
      );
    w.elsewhere(get);
    await get();
  },
  'http.get, refused': () =>
    new Promise(resolve => http.get('http://127.0.0.1:1/', () => undefined).on('error', resolve)),
  'http2, a request': () => ended(w.session.request({ ':path': '/items/7?delay=100&body=100' })),
  'http2, connecting': async () => {
    const session = http2.connect(w.http2Url);
    await ended(session.request({ ':path': '/items/7?delay=100' }));
    session.close();
  },
  'http2, given up': () =>
    new Promise(resolve => {
      const stream = w.session.request({ ':path': '/items/7?delay=1000' });
      stream.on('close', resolve);
      setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), 100);
    }),
  'fs, promise': () => fs.promises.readFile(w.file),
  'fs, callback': () => called(done => fs.readFile(w.file, done)),
  'fs, promisified': () => promisify(fs.stat)(w.file),
  'fs, handle': async () => {
    const handle = await fs.promises.open(w.file);
    await handle.stat();
    await handle.close();
  },
  'fs, stream': () => ended(fs.createReadStream(w.file)),
  'fs, no such file': () => fs.promises.readFile('/nowhere/at/all/of/it').catch(() => undefined),
  'dns, callback': () => called(done => dns.lookup('localhost', done)),
  'dns, promise': () => dns.promises.lookup('localhost'),
  'net.connect': () =>
    new Promise(resolve => {
      const socket = net.connect(Number(new URL(w.url).port), '127.0.0.1', () => socket.destroy());
      socket.on('close', resolve);
    }),
  exec: () => called(done => exec('sleep 0.1; : secret', done)),
  execFile: () => promisify(execFile)('sleep', ['0.1']),
  spawn: () => new Promise(resolve => spawn('/bin/sleep', ['0.1']).on('exit', resolve)),
  'spawn, no such program': () => new Promise(resolve => spawn('/nowhere/sleep').on('error', resolve)),
  'a worker answers': () =>
    new Promise(resolve => {
      w.worker.once('message', resolve);
      w.worker.postMessage(100);
    }),
  piscina: async () => {
    const pool = new w.Piscina({ filename: w.taskFile, maxThreads: 1 });
    await pool.run(100);
    await pool.run(100, { name: 'named' });
    await w.elsewhere(() => pool.destroy());
  },
  tinypool: async () => {
    if (!w.Tinypool) return;
    const pool = new w.Tinypool({ filename: w.taskFile, maxThreads: 1 });
    await pool.run(100);
    await w.elsewhere(() => pool.destroy());
  },
  'scrypt, callback': () => called(done => crypto.scrypt('secret', 'salt', 64, done)),
  'Web Crypto': () => crypto.webcrypto.subtle.digest('SHA-256', Buffer.alloc(10)),
  gzip: () => promisify(zlib.gzip)(Buffer.alloc(1_000)),
  'back-pressure': () =>
    new Promise(resolve => {
      const slow = new Writable({
        highWaterMark: 1,
        write: (chunk, encoding, done) => setTimeout(done, 100),
      });
      slow.on('drain', resolve);
      slow.write('secret');
    }),
  'async-mutex': async () => {
    const mutex = new w.Mutex();
    const release = await w.elsewhere(() => mutex.acquire());
    setTimeout(release, 100);
    (await mutex.acquire())();
  },
  'async-sema': async () => {
    const sema = new w.Sema(1);
    await w.elsewhere(() => sema.acquire());
    setTimeout(() => sema.release(), 100);
    await sema.acquire();
  },
  'p-limit': async () => {
    if (!w.pLimit) return;
    const limit = w.pLimit(1);
    w.elsewhere(() => limit(() => w.sleep(100)));
    await limit(async (one, two) => one + two, 1, 2);
  },
  'p-queue': async () => {
    if (!w.PQueue) return;
    const queue = new w.PQueue({ concurrency: 1 });
    w.elsewhere(() => queue.add(() => w.sleep(100)));
    await queue.add(async () => 1);
  },
  'navigator.locks': async () => {
    const { locks } = globalThis.navigator ?? {};
    if (!locks) return;
    w.elsewhere(() => locks.request('one', () => w.sleep(100)));
    await locks.request('one', async () => 1);
  },
});
