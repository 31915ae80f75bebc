// What the cases use: services, pools that were opened under another operation, and ways to keep them busy.
const { spawn } = require('node:child_process');
const { EventEmitter } = require('node:events');
const http = require('node:http');
const http2 = require('node:http2');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const follow = globalThis.followed;
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

function startServers() {
  const child = spawn(process.execPath, [path.join(__dirname, 'servers.cjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
  });
  return new Promise(resolve => child.stdout.once('data', line => resolve({ child, ...JSON.parse(line) })));
}

async function openRedis({ redisPackage: redis }) {
  const url = process.env.REDIS;
  if (!url) return {};
  const redisClient = redis.createClient({ url });
  await redisClient.connect();
  const redisPool = redis.createClientPool({ url }, { minimum: 1, maximum: 1 });
  await redisPool.connect();
  await redisPool.ping();
  return { redisClient, redisPool };
}

async function openMongo({ MongoClient }, port) {
  const mongo = new MongoClient(`mongodb://127.0.0.1:${port}`, { maxPoolSize: 1 });
  await mongo.db('shop').collection('users').findOne({});
  return { mongo, mongoUrl: `mongodb://127.0.0.1:${port}`, users: mongo.db('shop').collection('users') };
}

async function openPostgres({ postgres, knex }) {
  const sql = postgres(process.env.POSTGRES, { max: 1 });
  const oneByOne = postgres(process.env.POSTGRES, { max: 1, max_pipeline: 1 });
  await Promise.all([sql`select 1`, oneByOne`select 1`]);
  const builder = knex({ client: 'pg', connection: process.env.POSTGRES, pool: { min: 1, max: 1 } });
  await builder.raw('select 1');
  return { sql, oneByOne, builder };
}

/** From Node 22 on, which warns that it is an experiment. */
function openSqlite() {
  if (Number(process.versions.node.split('.')[0]) < 22) return undefined;
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  const { DatabaseSync } = require('node:sqlite');
  process.emitWarning = emitWarning;
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec('create table items (name text)');
  return sqlite;
}

/** A session that another operation has opened. */
function openHttp2(port) {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  return new Promise(resolve => session.once('connect', () => resolve(session)));
}

const ECHO = `require('worker_threads').parentPort.on('message', ms => setTimeout(() =>
  require('worker_threads').parentPort.postMessage(ms), ms))`;

/** `libraries`: as the program has loaded them. */
exports.openWorld = async libraries => {
  const sqlite = openSqlite();
  // As about every second: Node's modules that the program has loaded are looked at.
  follow.kept();
  const { pg, mysql, Redis, genericPool, tarn } = libraries;
  const servers = await startServers();
  const other = follow.operation('other');
  const world = await follow.inside(other, async () => {
    const connectionString = process.env.POSTGRES;
    const pool = new pg.Pool({ connectionString, max: 3 });
    const one = new pg.Pool({ connectionString, max: 1 });
    await pool.query('select 1');
    await one.query('select 1');
    const redis = process.env.REDIS ? new Redis(process.env.REDIS) : undefined;
    await redis?.ping();
    const subscriber = process.env.REDIS ? new Redis(process.env.REDIS) : undefined;
    await subscriber?.ping();
    const mysqlPool = mysql.createPool({
      host: '127.0.0.1',
      port: servers.mysql,
      user: 'u',
      connectionLimit: 1,
    });
    await mysqlPool.promise().query('select 1');
    const factory = { create: async () => ({}), destroy: async () => undefined };
    const objects = genericPool.createPool(factory, { max: 1, min: 0 });
    objects.release(await objects.acquire());
    const tarnPool = new tarn.Pool({ ...factory, create: async () => ({}), min: 0, max: 1 });
    const worker = new Worker(ECHO, { eval: true });
    const agent = new http.Agent({ keepAlive: true });
    const oneSocket = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const others = {
      ...(await openRedis(libraries)),
      ...(await openMongo(libraries, servers.mongo)),
      ...(await openPostgres(libraries)),
      session: await openHttp2(servers.http2),
    };
    return {
      ...others,
      pool,
      one,
      redis,
      subscriber,
      mysqlPool,
      objects,
      tarnPool,
      worker,
      agent,
      oneSocket,
    };
  });
  return {
    ...libraries,
    ...world,
    sqlite,
    sleep,
    emitter: new EventEmitter(),
    url: `http://127.0.0.1:${servers.http}/items/7?secret=1`,
    http2Url: `http://127.0.0.1:${servers.http2}`,
    taskFile: path.join(__dirname, 'pool-task.cjs'),
    file: path.join(__dirname, 'servers.cjs'),
    /** Runs it in another operation: a callback that comes from there must not stay there. */
    elsewhere: work => follow.inside(other, work),
    other,
    async close() {
      await Promise.all([pool(world.pool), pool(world.one), world.worker.terminate()]);
      world.mysqlPool.end();
      await Promise.all([
        world.mongo.close(),
        world.sql.end(),
        world.oneByOne.end(),
        world.builder.destroy(),
      ]);
      world.redisClient?.destroy();
      world.redisPool?.destroy();
      world.session.close();
      world.redis?.disconnect();
      world.subscriber?.disconnect();
      servers.child.stdin.end();
    },
  };
};

const pool = pool => pool.end();
