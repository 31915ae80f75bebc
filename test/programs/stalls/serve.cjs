'use strict';
/** A request that never lets go of the event loop; `killed`: the program is killed from outside after a while. */
const { spawn } = require('node:child_process');
const http = require('node:http');

function spin() {
  for (let sum = 0; ; ) sum += Math.sqrt(sum + 1);
}

const server = http.createServer((request, response) => {
  if (request.url === '/spin') spin();
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  spawn('sh', ['-c', `sleep 1.5; kill -9 ${process.pid}`], { stdio: 'ignore' });
  setTimeout(() => http.get({ port: server.address().port, path: '/spin' }).on('error', () => {}), 200);
});
