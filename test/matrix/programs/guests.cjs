// Programs that do things of their own with libraries; prints what came out as JSON. Says the same without us.
const dns = require('node:dns');
const fs = require('node:fs');
const { promisify } = require('node:util');
const follow = globalThis.followed;

const inOperation = work => (follow ? follow.inside(follow.operation('one'), work) : work());

async function main() {
  const told = {};
  if (process.env.FREEZE) {
    Object.freeze(require('pg').Client.prototype);
    Object.freeze(fs);
  }
  const early = fs.readFile;
  // The program's own patch, over ours or under it.
  const before = dns.lookup;
  dns.lookup = function lookup(...parameters) {
    told.lookups = (told.lookups ?? 0) + 1;
    return before.apply(this, parameters);
  };
  await inOperation(() => promisify(dns.lookup)('localhost'));
  const pg = require('pg');
  class MyPool extends pg.Pool {
    connect(...parameters) {
      told.connects = (told.connects ?? 0) + 1;
      return super.connect(...parameters);
    }
  }
  const pool = new MyPool({ connectionString: process.env.POSTGRES });
  told.rows = await inOperation(async () => (await pool.query('select 1 as one')).rows);
  told.isPromise = pool.query('select 1').constructor === Promise;
  told.returned = pool.query('select 1', () => undefined) === undefined;
  told.error = await pool.query('select nope').catch(error => error.code);
  told.synchronous = (() => {
    try {
      fs.readFile('/x');
    } catch (error) {
      return error.code;
    }
  })();
  told.names = [fs.readFile, fs.promises.readFile, pg.Client.prototype.query, pg.Pool.prototype.connect].map(
    ({ name, length }) => `${name}/${length}`,
  );
  told.keys = [Object.keys(pg.Client.prototype), Object.keys(fs.promises).length, Object.keys(fs).length];
  told.exists = await promisify(fs.exists)(__filename);
  told.read = Object.keys(await promisify(fs.read)(fs.openSync(__filename), Buffer.alloc(1), 0, 1, 0));
  follow?.stop();
  told.afterwards = await new Promise(resolve =>
    early(__filename, (error, text) => resolve(text.length > 0)),
  );
  told.theirs = dns.lookup !== before;
  await pool.end();
  const unhandled = new Promise(resolve => process.once('unhandledRejection', error => resolve(error.code)));
  follow?.start();
  inOperation(() => void fs.promises.readFile('/nowhere'));
  told.unhandled = await unhandled;
  const hidden = new Promise(resolve => process.once('unhandledRejection', error => resolve(error.code)));
  inOperation(() => void pool.query('select 1'));
  told.unhandledOfPool = (await hidden) ?? 'no code';
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit());
}

void main();
