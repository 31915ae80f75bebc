// Each way to wait, one after the other: as an operation of its own, several times.
const { AsyncResource } = require('node:async_hooks');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { profileAsync } = require('../../../dist/api.cjs');
const { cases } = require('./cases.cjs');

const LONG = Number(process.env.WAIT ?? 60);
const TIMES = Number(process.env.TIMES ?? 2);
const server = http.createServer((_, response) => setTimeout(() => response.end('x'), LONG)).listen(0, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waits-'));
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const url = `http://127.0.0.1:${server.address().port}/slow?secret=1`;
  // An operation of its own, beside the one that calls.
  const track = AsyncResource.bind(work => profileAsync(work, { name: 'other' })());
  for (const [name, run] of Object.entries(cases({ url, fifo, track })))
    if (!process.env.ONLY || process.env.ONLY === name)
      for (let time = 0; time < TIMES; time++) await profileAsync(run, { name, thresholdMs: 20 })();
  fs.rmSync(folder, { recursive: true });
  server.close();
  server.closeAllConnections();
});
