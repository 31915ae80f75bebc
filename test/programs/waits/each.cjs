// Each way to wait, one after the other: as an operation of its own, several times.
const { AsyncResource } = require('node:async_hooks');
const { execFile, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { profileAsync } = require('../../../dist/api.cjs');
const { cases } = require('./cases.cjs');

const LONG = Number(process.env.WAIT ?? 60);
const TIMES = 2;

// Beside the operation that calls.
const track = AsyncResource.bind(work => profileAsync(work, { name: 'other' })());
const writeLater = AsyncResource.bind(file => {
  execFile('sh', ['-c', `sleep ${LONG / 1000}; echo x > ${file}`]);
});

const server = http.createServer((_, response) => setTimeout(() => response.end('x'), LONG));
server.listen(0, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waits-'));
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const url = `http://127.0.0.1:${server.address().port}/slow?secret=1`;
  for (const [name, run] of Object.entries(cases({ url, fifo, track, writeLater })))
    for (let time = 0; time < TIMES; time++) await profileAsync(run, { name, thresholdMs: 20 })();
  fs.rmSync(folder, { recursive: true });
  server.close();
  server.closeAllConnections();
});
