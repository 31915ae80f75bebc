'use strict';
/** HTTP/2: a server with the compatible API and one with streams; a request is given up by its client. */
const http2 = require('node:http2');
const { burn, sleep } = require('./truth.cjs');

const compatible = http2.createServer(async (request, response) => {
  if (request.url === '/body') {
    request.on('data', () => burn('POST /body'));
    request.on('end', () => {
      burn('POST /body');
      response.on('finish', () => burn('POST /body'));
      response.end('body');
    });
    return;
  }
  burn(`GET ${request.url}`);
  await sleep(20);
  burn(`GET ${request.url}`);
  if (request.url !== '/given-up') response.end('done');
});
const streams = http2.createServer();
streams.on('stream', async (stream, headers) => {
  burn(`GET ${headers[':path']}`);
  await sleep(20);
  burn(`GET ${headers[':path']}`);
  stream.on('close', () => burn(`GET ${headers[':path']}`));
  stream.respond({ ':status': 201 });
  stream.end('done');
});

async function ask(client, path, { body = false, giveUp = false } = {}) {
  const headers = { ':path': path, ':method': body ? 'POST' : 'GET' };
  const request = client.request(headers, { endStream: !body });
  const closed = new Promise(resolve => request.on('close', resolve));
  request.on('error', () => undefined);
  if (body) {
    request.write('a');
    setTimeout(() => request.end('b'), 10);
  }
  if (giveUp) setTimeout(() => request.close(http2.constants.NGHTTP2_CANCEL), 100);
  request.resume();
  await closed;
}

async function connected(server, work) {
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  await work(client);
  client.close();
  server.close();
}

(async () => {
  await connected(compatible, client =>
    Promise.all([
      ask(client, '/one'),
      ask(client, '/body', { body: true }),
      ask(client, '/two'),
      ask(client, '/given-up', { giveUp: true }),
    ]),
  );
  await connected(streams, client => Promise.all([ask(client, '/stream'), ask(client, '/other')]));
})();
