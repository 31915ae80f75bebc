// What the library programs talk to: an HTTP server and a MySQL server, on ports of their own. Ends with its parent.
const http = require('node:http');
const mysql = require('mysql2');

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** `?delay=`: until the headers, `?body=`: between them and the last of the body, in ms. */
const web = http.createServer(async (request, response) => {
  const query = new URL(request.url, 'http://x').searchParams;
  await sleep(Number(query.get('delay')));
  response.write('a');
  await sleep(Number(query.get('body')));
  response.end('b');
});

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

web.listen(0, '127.0.0.1', () =>
  mysqlServer.listen(0, '127.0.0.1', () => {
    const ports = { http: web.address().port, mysql: mysqlServer._server.address().port };
    process.stdout.write(`${JSON.stringify(ports)}\n`);
  }),
);
process.stdin.resume().on('end', () => process.exit());
