// Forms of waiting for databases; the line that waits says for what, as in test/programs/waits/cases.cjs.
const { promisify } = require('node:util');

const PG = 'select pg_sleep(0.08)';
const MYSQL = 'select sleep(80)';
const QUEUE = ['nothing', 0.08];
async function* pgRows(pool) {
  for (let row = 0; row < 2; row++) {
    const result = await pool.query(PG); // wait query: pgForAwait
    yield result.rows;
  }
}
async function* mysqlRows(pool) {
  for (let row = 0; row < 2; row++) {
    const [rows] = await pool.promise().query(MYSQL); // wait query: mysqlForAwait
    yield rows;
  }
}
async function* redisValues(redis) {
  for (let value = 0; value < 2; value++) {
    yield await redis.blpop(...QUEUE); // wait query: redisForAwait
  }
}

/** `pool`, `mysql`: pools with connections to spare; `one`, `mysqlOne`: with one, which `hold…` takes for a while. */
exports.forms = ({ pool, one, mysql, mysqlOne, redis, holdPg, holdMysql }) => ({
  async pgAwait() {
    await pool.query(PG); // wait query
  },
  async pgThen() {
    const rows = pool.query(PG).then(result => result.rows); // wait query
    return rows;
  },
  async pgCallback() {
    await new Promise(resolve => pool.query(PG, resolve)); // wait query
  },
  pgOnlyCallback: () =>
    new Promise(resolve => {
      pool.query(PG, resolve); // wait query
    }),
  async pgPromisified() {
    await promisify((sql, done) => void pool.query(sql, done))(PG); // wait query
  },
  async pgAll() {
    await Promise.all([pool.query(PG), pool.query(PG)]); // wait query
  },
  async pgForAwait() {
    for await (const row of pgRows(pool)) void row;
  },
  async pgLater() {
    const result = pool.query(PG);
    await null;
    await result; // wait query
  },
  async pgTransaction() {
    holdPg();
    const client = await one.connect(); // wait pool
    await client.query('begin'); // wait query
    await client.query(PG); // wait query
    await client.query('commit'); // wait query
    client.release();
  },
  async pgTransactionByCallback() {
    holdPg();
    const connect = resolve => one.connect((_, ...given) => resolve(given));
    const [client, release] = await new Promise(connect); // wait pool
    await new Promise(resolve => client.query(PG, resolve)); // wait query
    release();
  },
  async mysqlAwait() {
    await mysql.promise().query(MYSQL); // wait query
  },
  async mysqlThen() {
    const rows = mysql
      .promise()
      .query(MYSQL)
      .then(([found]) => found); // wait query
    return rows;
  },
  async mysqlCallback() {
    await new Promise(resolve => mysql.query(MYSQL, resolve)); // wait query
  },
  async mysqlPromisified() {
    await promisify((sql, done) => void mysql.query(sql, done))(MYSQL); // wait query
  },
  async mysqlAll() {
    await Promise.all([mysql.promise().query(MYSQL), mysql.promise().query(MYSQL)]); // wait query
  },
  async mysqlForAwait() {
    for await (const row of mysqlRows(mysql)) void row;
  },
  async mysqlTransaction() {
    holdMysql();
    const connection = await mysqlOne.promise().getConnection(); // wait pool
    await connection.query('begin'); // wait query
    await connection.query(MYSQL); // wait query
    await connection.query('commit'); // wait query
    connection.release();
  },
  async redisAwait() {
    await redis.blpop(...QUEUE); // wait query
  },
  async redisThen() {
    const value = redis.blpop(...QUEUE).then(found => found); // wait query
    return value;
  },
  async redisCallback() {
    await new Promise(resolve => redis.blpop(...QUEUE, resolve)); // wait query
  },
  async redisPromisified() {
    await promisify(done => void redis.blpop(...QUEUE, done))(); // wait query
  },
  async redisAll() {
    await Promise.all([redis.get('a'), redis.blpop(...QUEUE)]); // wait query
  },
  async redisForAwait() {
    for await (const value of redisValues(redis)) void value;
  },
  async redisTransaction() {
    await redis.multi().get('a').get('b').exec();
    await redis
      .pipeline()
      .get('a')
      .blpop(...QUEUE)
      .exec(); // wait query
  },
});
