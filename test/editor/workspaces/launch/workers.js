// Two threads and a child process that burn CPU.
const { fork } = require('node:child_process');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const burn = path.join(__dirname, 'burn.js');
for (let i = 0; i < 2; i++) new Worker(burn, { argv: ['1500'] });
fork(burn, ['1500']);
