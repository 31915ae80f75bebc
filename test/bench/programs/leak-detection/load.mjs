// Asks the service at the port of the first parameter so many times a second, for so many seconds, as soon as it is there.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [port, perSecond, seconds] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

const ask = () =>
  new Promise((resolve, reject) => {
    http.get({ port, host: '127.0.0.1', agent }, response => response.resume().on('end', resolve)).on('error', reject);
  });

for (let tries = 0; ; tries++) {
  try {
    await ask();
    break;
  } catch (error) {
    if (tries === 100) throw error;
    await sleep(100);
  }
}
const begin = performance.now();
const asked = [];
for (let at = 0; at < perSecond * seconds; at++) {
  await sleep(Math.max(0, begin + (at * 1000) / perSecond - performance.now()));
  asked.push(ask().catch(() => undefined));
}
await Promise.all(asked);
agent.destroy();
