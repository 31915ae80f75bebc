/** Opens a session for each request, by the module that its parameter names; says in the file `port` where. */
import http from 'node:http';
import { renameSync, writeFileSync } from 'node:fs';

const { openSession } = await import(process.argv[2]);
let count = 0;

const server = http.createServer((request, response) => {
  const session = openSession(`user ${count++}`);
  response.end(`${session.seen.length}`);
});

server.listen(0, '127.0.0.1', () => {
  writeFileSync(new URL('port.part', import.meta.url), String(server.address().port));
  renameSync(new URL('port.part', import.meta.url), new URL('port', import.meta.url));
});
