'use strict';
/** Blocks the event loop in several ways, each in a function of its own, and tells how long; `wait` between them. */
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const MILLISECONDS = 300;
/** At least so long, and as much of a processor: on a busy machine the time alone says little. */
const until = work => {
  const end = Date.now() + MILLISECONDS;
  const before = process.cpuUsage();
  const used = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  while (Date.now() < end || used() < MILLISECONDS) work();
};

const numbers = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 20_011);
const tree = Object.fromEntries(numbers.map(number => [`k${number}`, { number }]));
const file = path.join(os.tmpdir(), `slowcatch-block-${process.pid}`);

const ways = {
  computes() {
    let sum = 0;
    until(() => (sum += Math.sqrt(sum + 1)));
    return sum;
  },
  matches() {
    until(() => /^(a+)+$/.test('a'.repeat(18) + 'b'));
  },
  writesJson() {
    until(() => JSON.stringify(tree));
  },
  sorts() {
    until(() => [...numbers].sort((a, b) => a - b));
  },
  readsFiles() {
    fs.writeFileSync(file, 'x'.repeat(1_000_000));
    until(() => fs.readFileSync(file));
    fs.rmSync(file);
  },
  derivesKeys() {
    until(() => crypto.pbkdf2Sync('a', 'b', 10_000, 64, 'sha512'));
  },
  sleeps() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MILLISECONDS);
  },
};

const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(ways);
const truth = [];
function next() {
  const name = names.shift();
  if (name === undefined) return console.log(JSON.stringify(truth));
  const from = Number(process.hrtime.bigint() / 1000n);
  ways[name]();
  truth.push({ name, from, to: Number(process.hrtime.bigint() / 1000n) });
  setTimeout(next, 150);
}
setTimeout(next, 300);
