// What the library programs talk to: HTTP servers, a MySQL and a MongoDB server, on ports of their own. Ends with its parent.
const http = require('node:http');
const http2 = require('node:http2');
const mysql = require('mysql2');
const { mongoServer } = require('./mongo-server.cjs');

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** `?delay=`: until the headers, `?body=`: between them and the last of the body, in ms. */
const serve = async (request, response) => {
  const query = new URL(request.url, 'http://x').searchParams;
  await sleep(Number(query.get('delay')));
  response.write('a');
  await sleep(Number(query.get('body')));
  response.end('b');
};
const web = http.createServer(serve);
const web2 = http2.createServer(serve);

// One request's connection is there for the next one of the same client.
web.keepAliveTimeout = 60_000;

const mysqlServer = mysql.createServer();
mysqlServer.on('connection', connection => {
  let id = 0;
  connection.serverHandshake({
    protocolVersion: 10,
    serverVersion: '8.0.0',
    connectionId: ++id,
    statusFlags: 2,
    characterSet: 8,
    capabilityFlags: 0xffffff ^ 0x800,
  });
  connection.on('error', () => connection.close());
  // mysql2's server counts packets on from one command to the next, and warns of those that begin at 0 as they should.
  connection.handlePacket = (handle => packet => {
    if (packet?.sequenceId === 0) connection.sequenceId = 0;
    return handle.call(connection, packet);
  })(connection.handlePacket);
  connection.on('query', async sql => {
    await sleep(Number(/sleep\((\d+)\)/.exec(sql)?.[1] ?? 0));
    if (sql.includes('fail')) return connection.writeError({ message: 'it failed', code: 1064 });
    connection.writeTextResult(
      [{ n: 1 }],
      [
        {
          name: 'n',
          type: 3,
          catalog: 'def',
          schema: '',
          table: '',
          orgTable: '',
          orgName: 'n',
          characterSet: 33,
          columnLength: 11,
          flags: 0,
          decimals: 0,
        },
      ],
    );
  });
});

const servers = { http: web, http2: web2, mysql: mysqlServer, mongo: mongoServer };
const listening = Object.values(servers).map(
  server => new Promise(resolve => server.listen(0, '127.0.0.1', resolve)),
);
Promise.all(listening).then(() => {
  const portOf = server => (server._server ?? server).address().port;
  const ports = Object.entries(servers).map(([name, server]) => [name, portOf(server)]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(ports))}\n`);
});
process.stdin.resume().on('end', () => process.exit());
