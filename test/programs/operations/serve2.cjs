// HTTP/2: a server with the compatible API and one with streams; one request of each is given up by its client.
'use strict';
const http2 = require('node:http2');
const { burn, sleep } = require('./burn.cjs');

const compatible = http2.createServer(async (request, response) => {
  if (request.url === '/body') {
    request.on('data', () => burnBody());
    request.on('end', () => {
      burnBody();
      response.end('body');
    });
    return;
  }
  burnCompatible();
  await sleep(20);
  burnCompatible();
  if (request.url === '/given-up') return;
  response.end('done');
});
const streams = http2.createServer();
streams.on('stream', async stream => {
  burnStream();
  await sleep(20);
  burnStream();
  stream.respond({ ':status': 201 });
  stream.end('done');
});

function burnCompatible() {
  burn(5, 1);
}
function burnBody() {
  burn(5, 2);
}
function burnStream() {
  burn(5, 3);
}

async function ask(client, path, { body, giveUp } = {}) {
  const request = client.request({ ':path': path, ':method': body ? 'POST' : 'GET' });
  const closed = new Promise(resolve => request.on('close', resolve));
  request.on('error', () => undefined);
  if (body) {
    request.write('a');
    setTimeout(() => request.end('b'), 10);
  }
  if (giveUp) setTimeout(() => request.close(http2.constants.NGHTTP2_CANCEL), 60);
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
      ask(client, '/one?x=1'),
      ask(client, '/given-up', { giveUp: true }),
    ]),
  );
  await connected(streams, client => Promise.all([ask(client, '/stream'), ask(client, '/stream')]));
})();
