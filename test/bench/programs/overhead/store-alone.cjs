'use strict';
/** Preload: a store for each request and nothing else. What no follower of requests can be cheaper than. */
const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');

const storage = new AsyncLocalStorage();
subscribe('http.server.request.start', () => storage.enterWith({}));
