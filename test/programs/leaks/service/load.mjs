/** Asks the service at the port of the first parameter, as soon as it is there, as often as the second says. */
import http from 'node:http';

const [port, times] = process.argv.slice(2).map(Number);

const ask = () =>
  new Promise((resolve, reject) => {
    http.get({ port, host: '127.0.0.1', agent: false }, response => response.resume().on('end', resolve)).on('error', reject);
  });

for (let tries = 0; ; tries++) {
  try {
    await ask();
    break;
  } catch (error) {
    if (tries === 100) throw error;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
for (let at = 1; at < times; at++) await ask();
