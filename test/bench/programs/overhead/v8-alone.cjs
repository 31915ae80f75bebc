'use strict';
/** Preload: V8's profiler at 1 ms and nothing else, never stopped. What no profiler on top of it can be cheaper than. */
const { Session } = require('node:inspector');

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 1000 });
session.post('Profiler.start');
