// Works in a worker thread.
const path = require('node:path');
const { Worker } = require('node:worker_threads');

new Worker(path.join(__dirname, 'plain.cjs'), { argv: process.argv.slice(2) });
