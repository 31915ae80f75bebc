// Works in a forked process.
const path = require('node:path');
const { fork } = require('node:child_process');

fork(path.join(__dirname, 'plain.cjs'), process.argv.slice(2));
