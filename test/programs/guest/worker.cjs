// Worker threads that end in all ways.
const { Worker } = require('node:worker_threads');

const CODES = {
  returns: `require('node:worker_threads').parentPort.postMessage('working')`,
  exits: `process.on('exit', code => console.log('exit in the thread', code)); process.exit(5)`,
  throws: `setTimeout(() => { throw new RangeError('in the thread') }, 10)`,
  idles: `setTimeout(() => {}, 400)`,
  looks: `require('node:worker_threads').parentPort.postMessage(
    JSON.stringify([Object.keys(globalThis), process.listenerCount('uncaughtException'), process.argv.length]))`,
};

async function run() {
  for (const [name, code] of Object.entries(CODES)) {
    await new Promise(resolve => {
      const worker = new Worker(code, { eval: true });
      worker.on('message', message => console.log(name, 'says', message));
      worker.on('error', error => console.log(name, 'fails', error.stack));
      worker.on('exit', status => resolve(console.log(name, 'ends', status)));
    });
  }
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, env: { A: '1' } });
  worker.on('online', () => setTimeout(() => worker.terminate(), 100));
  worker.on('exit', status => console.log('terminated', status));
}
void run();
