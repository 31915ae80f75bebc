// Ways to wait. The line that waits says for what, each where a case has several: `wait timer` in a comment.
const crypto = require('node:crypto');
const { execFile } = require('node:child_process');
const { EventEmitter, once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const { Readable } = require('node:stream');
const timers = require('node:timers/promises');
const { promisify } = require('node:util');
const { Worker } = require('node:worker_threads');

const LONG = Number(process.env.WAIT ?? 60);
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const named = async milliseconds => {
  await timers.setTimeout(milliseconds); // in a function of its own
};
async function* numbers() {
  for (let number = 0; number < 3; number++) {
    await sleep(LONG / 3); // wait timer: asyncGenerator
    yield number;
  }
}
class Lock {
  held = Promise.resolve();
  async hold(work) {
    const before = this.held;
    let release;
    this.held = new Promise(resolve => (release = resolve));
    await before; // wait lock: lock
    try {
      return await work();
    } finally {
      release();
    }
  }
}

const cases = ({ url, fifo, track, writeLater }) => ({
  async sleepHelper() {
    await sleep(LONG); // wait timer
  },
  async timersPromises() {
    await timers.setTimeout(LONG); // wait timer
  },
  async newPromise() {
    await new Promise(resolve => setTimeout(resolve, LONG)); // wait timer
  },
  async promisified() {
    await promisify(setTimeout)(LONG); // wait timer
  },
  async race() {
    await Promise.race([sleep(LONG), sleep(LONG * 4)]); // wait timer
  },
  async all() {
    await Promise.all([sleep(LONG / 2), sleep(LONG), sleep(5)]); // wait timer
  },
  async allSettled() {
    await Promise.allSettled([sleep(LONG), Promise.reject(new Error('x'))]); // wait timer
  },
  async thenable() {
    await { then: resolve => void setTimeout(resolve, LONG) }; // wait timer
  },
  async once() {
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit('ready'), LONG);
    await once(emitter, 'ready'); // wait timer
  },
  async iterated() {
    for await (const _ of timers.setInterval(LONG)) break; // wait timer
  },
  async asyncGenerator() {
    for await (const _ of numbers()) void _;
  },
  async later() {
    const promise = sleep(LONG);
    await null;
    await promise; // wait timer
  },
  async twice() {
    await sleep(LONG / 2); // wait timer
    await sleep(LONG / 2); // wait timer
  },
  async inCatch() {
    try {
      await Promise.reject(new Error('x'));
    } catch {
      await sleep(LONG); // wait timer
    }
  },
  async deep() {
    const inner = async () => {
      await sleep(LONG); // wait timer
    };
    await inner();
  },
  async arguments() {
    const add = (a, b) => a + b;
    add(1, await sleep(LONG)); // wait timer
  },
  async chained() {
    await sleep(LONG / 2).then(() => sleep(LONG / 2)); // wait timer
  },
  async fetched() {
    await fetch(url); // wait http|connect
  },
  async httpGet() {
    const [response] = await once(http.get(url), 'response'); // wait http|connect
    response.resume();
    await once(response, 'end');
  },
  async readFile() {
    writeLater(fifo);
    await fs.promises.readFile(fifo); // wait fs
  },
  async hash() {
    await promisify(crypto.pbkdf2)('a', 'b', 120_000, 32, 'sha512'); // wait crypto
  },
  async child() {
    await promisify(execFile)('sleep', [String(LONG / 1000)]); // wait child|stream
  },
  async worker() {
    const worker = new Worker(`setTimeout(() => require('node:worker_threads').parentPort.postMessage(1), ${LONG})`, {
      eval: true,
    });
    await once(worker, 'message'); // wait worker
  },
  async stream() {
    const source = Readable.from(
      (async function* source() {
        await sleep(LONG); // wait timer
        yield 'x';
      })(),
    );
    for await (const _ of source) void _;
  },
  async lock() {
    const lock = new Lock();
    // Somebody else's: outside of this operation.
    const other = track(() => lock.hold(() => sleep(LONG)));
    await lock.hold(() => Promise.resolve());
    await other;
  },
  timerCallback: () =>
    new Promise(resolve => {
      setTimeout(resolve, LONG); // wait timer
    }),
  hashCallback: () =>
    new Promise(resolve => {
      crypto.pbkdf2('a', 'b', 120_000, 32, 'sha512', resolve); // wait crypto
    }),
});

module.exports = { cases };
