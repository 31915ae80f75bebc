// A service that keeps a kilobyte of each request (`leak`) or nothing (`clean`), while other work makes 40 MB of garbage in a
// second. Says its port over IPC, or listens at the one that is given; answers {} with its CPU time and its requests.
const http = require('node:http');

const [mode, port = '0'] = process.argv.slice(2);
const MEGABYTES_PER_SECOND = 40;
const TICK_MILLISECONDS = 10;
const sessions = [];
let requests = 0;

class Session {
  constructor(id) {
    this.id = id;
    // With the object itself about a kilobyte.
    this.events = new Array(120).fill(id);
  }
}

function remember(id) {
  sessions.push(new Session(id)); // leaks here
  return sessions.length;
}

/** 8 KB each. */
const page = seed => new Array(1000).fill(seed);

function churn() {
  const count = (MEGABYTES_PER_SECOND * 1e6 * TICK_MILLISECONDS) / 1000 / 8032;
  let sum = 0;
  for (let at = 0; at < count; at++) sum += page(at).length;
  return sum;
}

setInterval(churn, TICK_MILLISECONDS);
const server = http.createServer((request, response) => {
  requests++;
  response.end(String(mode === 'leak' ? remember(requests) : requests));
});
server.listen(Number(port), '127.0.0.1', () => process.send?.({ port: server.address().port }));
process.on('message', () => process.send({ ...process.cpuUsage(), requests }));
process.on('disconnect', () => process.exit());
