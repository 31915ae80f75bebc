'use strict';
// Runs plain.cjs in a child process: `fork`, or `spawn` with an environment of its own.
const path = require('node:path');
const { fork, spawn } = require('node:child_process');

const program = path.join(__dirname, 'plain.cjs');
if (process.argv[2] === 'fork') fork(program);
else spawn(process.execPath, [program], { env: { ONLY: 'this' }, stdio: 'inherit' });
