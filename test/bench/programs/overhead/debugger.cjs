'use strict';
/** Preload: what VS Code's debugger switches on in a program that it launches. */
const { Session } = require('node:inspector');

const session = new Session();
session.connect();
session.post('Runtime.enable');
session.post('Debugger.enable');
session.post('Debugger.setAsyncCallStackDepth', { maxDepth: 32 });
