'use strict';
/**
 * Load at a fixed arrival rate, open loop: requests leave when they are due, however slow the answers are, and a
 * latency counts from the moment a request was due. The same seed gives the same arrivals.
 *
 *   ◄── {port, requests, requestsPerSecond, seed}
 *   ──► {cpuMicroseconds, seconds, latenciesMicroseconds[]}      CPU of the service from before the first to after
 *                                                               the last request, as the service tells it
 */
const http = require('node:http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });

function get(port, path) {
  return new Promise((resolve, reject) => {
    const request = http.get({ agent, host: '127.0.0.1', port, path }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => (text += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    request.on('error', reject);
  });
}

/** Tommy Ettinger's mulberry32: uniform in [0, 1). */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Milliseconds from the start at which each request is due: a Poisson process. */
function arrivals({ requests, requestsPerSecond, seed }) {
  const random = mulberry32(seed);
  let at = 0;
  return Array.from({ length: requests }, () => (at -= (Math.log(1 - random()) * 1000) / requestsPerSecond));
}

async function send(port, start, due, number) {
  await get(port, `/order/${number}`);
  return Math.round((performance.now() - start - due) * 1000);
}

/** Looks at the clock once a millisecond. */
function sendAll(port, due) {
  return new Promise((resolve, reject) => {
    const answers = [];
    const start = performance.now();
    const tick = () => {
      while (answers.length < due.length && due[answers.length] <= performance.now() - start)
        answers.push(send(port, start, due[answers.length], answers.length));
      if (answers.length < due.length) return;
      clearInterval(timer);
      Promise.all(answers).then(resolve, reject);
    };
    const timer = setInterval(tick, 1);
  });
}

async function cpuMicroseconds(port) {
  return JSON.parse(await get(port, '/usage')).cpuMicroseconds;
}

async function run(order) {
  const before = await cpuMicroseconds(order.port);
  const begun = performance.now();
  const latenciesMicroseconds = await sendAll(order.port, arrivals(order));
  const seconds = (performance.now() - begun) / 1000;
  const after = await cpuMicroseconds(order.port);
  return { cpuMicroseconds: after - before, seconds, latenciesMicroseconds };
}

process.on('message', order => {
  run(order).then(
    result => process.send(result),
    error => process.send({ error: String(error.stack) }),
  );
});
process.on('disconnect', () => process.exit(0));
