// Each form of waiting in an operation of its own, twice: `node each-form.cjs <api>`; POSTGRES and REDIS are addresses.
const { AsyncResource } = require('node:async_hooks');
const { spawn } = require('node:child_process');
const path = require('node:path');
const Redis = require('ioredis');
const mysql2 = require('mysql2');
const pg = require('pg');
const { profileAsync } = require(process.argv[2]);
const { forms } = require('./await-forms.cjs');

const { POSTGRES, REDIS } = process.env;
const servers = spawn(process.execPath, [path.join(__dirname, 'servers.cjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: {},
});
servers.stdout.once('data', async line => {
  const pool = new pg.Pool({ connectionString: POSTGRES, max: 3 });
  const one = new pg.Pool({ connectionString: POSTGRES, max: 1 });
  const options = { host: '127.0.0.1', port: JSON.parse(line).mysql, user: 'u' };
  const mysql = mysql2.createPool({ ...options, connectionLimit: 3 });
  const mysqlOne = mysql2.createPool({ ...options, connectionLimit: 1 });
  const redis = REDIS ? new Redis(REDIS) : undefined;
  await Promise.all([1, 2, 3].map(() => pool.query('select pg_sleep(0.01)')));
  await Promise.all([1, 2, 3].map(() => mysql.promise().query('select sleep(10)')));
  await Promise.all([one.query('select 1'), mysqlOne.promise().query('select 1'), redis?.ping()]);
  // Outside of the operation that calls.
  const holdPg = AsyncResource.bind(() => void one.query('select pg_sleep(0.08)'));
  const holdMysql = AsyncResource.bind(() => void mysqlOne.query('select sleep(80)', () => undefined));
  const world = { pool, one, mysql, mysqlOne, redis, holdPg, holdMysql };
  const isThere = ([name]) => redis || !name.startsWith('redis');
  for (const [name, run] of Object.entries(forms(world)).filter(isThere))
    for (let time = 0; time < 2; time++) await profileAsync(run, { name, thresholdMs: 20 })();
  redis?.disconnect();
  await Promise.all([pool.end(), one.end(), mysql.promise().end(), mysqlOne.promise().end()]);
  servers.stdin.end();
});
