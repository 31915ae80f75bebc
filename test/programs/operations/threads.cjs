'use strict';
/** A worker thread that serves; the main thread asks it, and its listeners are nobody's. */
const http = require('node:http');
const { isMainThread, parentPort, Worker } = require('node:worker_threads');
const { burn, sleep } = require('./truth.cjs');

if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('message', async port => {
    await Promise.all(
      ['/a', '/b'].map(
        path =>
          new Promise(resolve =>
            http.get({ host: '127.0.0.1', port, path }, response => response.resume().on('end', resolve)),
          ),
      ),
    );
    worker.postMessage('end');
  });
} else {
  const server = http.createServer(async (request, response) => {
    burn(`GET ${request.url}`);
    await sleep(10);
    burn(`GET ${request.url}`);
    response.setHeader('connection', 'close');
    response.end();
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
  parentPort.once('message', () => server.close());
}
