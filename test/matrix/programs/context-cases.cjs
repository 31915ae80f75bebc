// Callbacks that libraries call from elsewhere: each calls `here`, which looks whose turn it is. Pools and connections
// have been opened, and are kept busy, by another operation.
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const stream = require('node:stream');
const zlib = require('node:zlib');
const { exec } = require('node:child_process');
const { MessageChannel } = require('node:worker_threads');

/** Resolves when `done` is called. */
const until = work => new Promise(resolve => work(resolve));

exports.cases = w => {
  const holdPg = () => w.elsewhere(() => w.one.query('select pg_sleep(0.02)', () => undefined));
  const holdMysql = () => w.elsewhere(() => w.mysqlPool.query('select sleep(20)', () => undefined));
  const get = (options, here) =>
    until(done =>
      http.get(w.url, options, response => {
        here();
        response.resume().on('end', () => (here(), done()));
      }),
    );
  return {
    'pg, promise': async here => (await w.pool.query('select 1'), here()),
    'pg, promise, contended': async here => (holdPg(), await w.one.query('select 1'), here()),
    'pg, callback': here => until(done => w.pool.query('select 1', () => (here(), done()))),
    'pg, callback, contended': here => (
      holdPg(),
      until(done => w.one.query('select 1', () => (here(), done())))
    ),
    'pg, callback and values': here =>
      until(done => w.pool.query('select $1::int', [1], () => (here(), done()))),
    'pg, a failing query': here => until(done => w.pool.query('select 1/0', () => (here(), done()))),
    'pg connect, callback': here =>
      until(done => w.pool.connect((e, client, release) => (here(), release(), done()))),
    'pg connect, callback, contended': here => (
      holdPg(),
      until(done => w.one.connect((e, client, release) => (here(), release(), done())))
    ),
    'pg client, callback': async here => {
      const client = await w.pool.connect();
      await until(done => client.query('select 1', () => (here(), done())));
      client.release();
    },
    "pg client, behind another's query": async here => {
      const client = await w.pool.connect();
      const first = w.elsewhere(() => client.query('select pg_sleep(0.01)'));
      await until(done => client.query('select 1', () => (here(), done())));
      await first;
      client.release();
    },
    'pg query events': async here => {
      const client = await w.pool.connect();
      const query = client.query(new w.pg.Query('select 1'));
      query.on('row', () => here());
      await until(done => query.on('end', () => (here(), done())));
      client.release();
    },
    'pg query object, callback': async here => {
      const client = await w.pool.connect();
      await until(done => client.query(new w.pg.Query('select 1', () => (here(), done()))));
      client.release();
    },
    'pg cursor, callback': async here => {
      const client = await w.pool.connect();
      const cursor = client.query(new w.Cursor('select 1'));
      await until(done => cursor.read(1, () => (here(), done())));
      await cursor.close();
      client.release();
    },
    'pg stream of rows': async here => {
      const client = await w.pool.connect();
      const rows = client.query(new w.QueryStream('select 1'));
      await until(done => rows.on('data', () => here()).on('end', () => (here(), done())));
      client.release();
    },
    'mysql2, promise': async here => (await w.mysqlPool.promise().query('select 1'), here()),
    'mysql2, promise, contended': async here => (
      holdMysql(),
      await w.mysqlPool.promise().query('select 1'),
      here()
    ),
    'mysql2, callback': here => until(done => w.mysqlPool.query('select 1', () => (here(), done()))),
    'mysql2, callback, contended': here => (
      holdMysql(),
      until(done => w.mysqlPool.query('select 1', () => (here(), done())))
    ),
    'mysql2 getConnection, contended': here => (
      holdMysql(),
      until(done => w.mysqlPool.getConnection((e, connection) => (here(), connection.release(), done())))
    ),
    'mysql2, events': here =>
      until(done =>
        w.mysqlPool
          .query('select 1')
          .on('result', () => here())
          .on('end', () => (here(), done())),
      ),
    'ioredis, promise': async here => (await w.redis?.get('a'), here()),
    'ioredis, callback': here => w.redis && until(done => w.redis.get('a', () => (here(), done()))),
    'ioredis, pipeline, callback': here =>
      w.redis &&
      until(done =>
        w.redis
          .pipeline()
          .get('a')
          .exec(() => (here(), done())),
      ),
    'ioredis, a failing command': here =>
      w.redis && until(done => w.redis.call('nope', () => (here(), done()))),
    'ioredis, a message to a subscriber': async here => {
      if (!w.redis) return;
      await w.subscriber.subscribe('channel');
      const heard = until(done => w.subscriber.once('message', () => (here(), done())));
      w.elsewhere(() => w.redis.publish('channel', 'x'));
      await heard;
    },
    'node-redis, promise': async here => (await w.redisClient?.get('a'), here()),
    'node-redis pool, contended': async here => {
      if (!w.redisPool) return here();
      w.elsewhere(() => w.redisPool.blPop('nothing', 0.02));
      await w.redisPool.execute(client => (here(), client.get('a')));
      here();
    },
    'mongodb, contended': async here => {
      w.elsewhere(() => w.users.findOne({ wait: 20 }));
      await w.users.findOne({});
      here();
    },
    'mongodb, a cursor': async here => {
      for await (const one of w.users.find({})) here(one);
      here();
    },
    'postgres.js, contended': async here => {
      w.elsewhere(() => w.sql`select pg_sleep(0.02)`.execute());
      await w.sql`select 1`;
      here();
    },
    'postgres.js, rows one by one': async here => {
      w.elsewhere(() => w.sql`select pg_sleep(0.02)`.execute());
      await w.sql`select 1`.forEach(() => here());
      await w.sql`select 1`.cursor(() => here());
      for await (const rows of w.sql`select 1`.cursor()) here(rows);
    },
    'postgres.js, a transaction': async here => {
      w.elsewhere(() => w.sql`select pg_sleep(0.02)`.execute());
      await w.sql.begin(async sql => (here(), await sql`select 1`, here()));
      here();
    },
    'knex, contended': async here => {
      w.elsewhere(() => w.builder.raw('select pg_sleep(0.02)').then());
      await w.builder.raw('select 1');
      here();
    },
    'knex, callback': here => until(done => w.builder.raw('select 1').asCallback(() => (here(), done()))),
    'http2, events': here =>
      until(done => {
        const stream = w.session.request({ ':path': '/items/7' });
        stream.on('response', () => here()).on('data', () => here());
        stream.on('end', () => here()).on('close', () => (here(), done()));
      }),
    'generic-pool': async here => {
      w.elsewhere(() => w.objects.acquire().then(one => setTimeout(() => w.objects.release(one), 10)));
      const one = await w.objects.acquire();
      here();
      w.objects.release(one);
    },
    tarn: async here => {
      w.elsewhere(() =>
        w.tarnPool.acquire().promise.then(one => setTimeout(() => w.tarnPool.release(one), 10)),
      );
      const one = await w.tarnPool.acquire().promise;
      here();
      w.tarnPool.release(one);
    },
    'an event, emitted elsewhere': async here => {
      const heard = until(done => w.emitter.once('x', () => (here(), done())));
      w.elsewhere(() => setTimeout(() => w.emitter.emit('x'), 5));
      await heard;
    },
    'once(), emitted elsewhere': async here => {
      w.elsewhere(() => setTimeout(() => w.emitter.emit('x'), 5));
      await once(w.emitter, 'x');
      here();
    },
    'http.get, keep-alive': here => get({ agent: w.agent }, here),
    'http.get, contended': here => {
      w.elsewhere(() => http.get(w.url, { agent: w.oneSocket }, response => response.resume()));
      return get({ agent: w.oneSocket }, here);
    },
    fetch: async here => {
      const response = await fetch(w.url);
      here();
      await response.text();
      here();
    },
    'pipeline(), callback': here =>
      until(done =>
        stream.pipeline(
          fs.createReadStream(w.file),
          zlib.createGzip(),
          fs.createWriteStream('/dev/null'),
          () => (here(), done()),
        ),
      ),
    'a stream of a file': here =>
      until(done =>
        fs
          .createReadStream(w.file)
          .on('data', () => here())
          .on('close', done),
      ),
    'a web stream': async here => {
      for await (const chunk of stream.Readable.toWeb(fs.createReadStream(w.file))) here(chunk);
    },
    'a worker answers': here =>
      until(done => {
        w.worker.once('message', () => (here(), done()));
        w.worker.postMessage(1);
      }),
    'a message channel': here =>
      until(done => {
        const { port1, port2 } = new MessageChannel();
        port1.once('message', () => (here(), port1.close(), done()));
        port2.postMessage(1);
      }),
    exec: here => until(done => exec('true', () => (here(), done()))),
    'a promise made elsewhere': here => w.elsewhere(() => w.sleep(5)).then(() => here()),
    'p-limit': async here => {
      if (!w.pLimit) return here();
      const limit = w.pLimit(1);
      w.elsewhere(() => limit(() => w.sleep(10)));
      await limit(async () => here());
    },
    'p-queue': async here => {
      if (!w.PQueue) return here();
      const queue = new w.PQueue({ concurrency: 1 });
      w.elsewhere(() => queue.add(() => w.sleep(10)));
      await queue.add(async () => here());
      here();
    },
    'async-mutex': async here => {
      const mutex = new w.Mutex();
      w.elsewhere(() => mutex.runExclusive(() => w.sleep(10)));
      await mutex.runExclusive(() => here());
    },
  };
};
