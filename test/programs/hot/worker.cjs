'use strict';
// Runs plain.cjs in a worker thread; `own-env` gives the thread an environment of its own.
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const options = process.argv[2] === 'own-env' ? { env: { ONLY: 'this' } } : {};
new Worker(path.join(__dirname, 'plain.cjs'), options);
