// Asks a database again and again: in a loop of its own, in one around a call that tries again, and for all at once.
import http from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.POSTGRES, max: 4 });
const ids = Array.from({ length: 20 }, (_, id) => id);

const ROUTES = {
  async own() {
    // loop: own
    for (const id of ids) {
      await pool.query('select pg_sleep(0.01), $1::int as own', [id]);
    }
  },
  async outside() {
    // loop: outside
    for (const id of ids) await trying(id);
  },
  async once() {
    const asked = [];
    // loop: once
    for (const id of ids) asked.push(pool.query('select pg_sleep(0.04), $1::int as once', [id]));
    await Promise.all(asked);
  },
};

async function trying(id) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await pool.query('select pg_sleep(0.01), $1::int as outside', [id]);
    } catch {
      // Once more.
    }
  }
}

const server = http.createServer(async (request, response) => {
  await ROUTES[request.url.slice(1)]();
  response.end();
});
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (let round = 0; round < 5; round++)
    for (const name of Object.keys(ROUTES)) await (await fetch(`http://127.0.0.1:${port}/${name}`)).text();
  server.close();
  await pool.end();
});
