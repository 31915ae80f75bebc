'use strict';
/** Preload: a store for each request, and hooks that do nothing, by which one would hear whose turn it is. */
const { createHook } = require('node:async_hooks');
const { promiseHooks } = require('node:v8');

require('./store-alone.cjs');

const nothing = () => undefined;
createHook({ before: nothing, after: nothing, trackPromises: false }).enable();
// Before Node 24 the hooks above hear of promises all the same.
if (Number(process.versions.node.split('.')[0]) >= 24) promiseHooks.onBefore(nothing);
