'use strict';
/** A worker thread that serves: one request is quick, the other one blocks the worker. */
const http = require('node:http');
const { isMainThread, parentPort, Worker } = require('node:worker_threads');

function spin(milliseconds) {
  const end = performance.now() + milliseconds;
  let sum = 0;
  while (performance.now() < end) {
    for (let round = 0; round < 10_000; round++) sum += Math.sqrt(sum + round);
  }
  return sum;
}

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const get = (port, path) =>
  new Promise(resolve =>
    http.get({ host: '127.0.0.1', port, path }, response => response.resume().on('end', resolve)),
  );

if (isMainThread) {
  const worker = new Worker(__filename);
  worker.once('message', async port => {
    await get(port, '/quick');
    await sleep(300);
    await get(port, '/spin');
    await sleep(300);
    worker.postMessage('end');
  });
} else {
  const server = http.createServer((request, response) => {
    if (request.url === '/spin') spin(1000);
    response.setHeader('connection', 'close');
    response.end();
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
  parentPort.once('message', () => server.close());
}
