'use strict';
/** Preload: requests followed by all of async_hooks, with a map from each resource to its request. */
const { createHook, executionAsyncId } = require('node:async_hooks');
const diagnostics = require('node:diagnostics_channel');

const requests = new Map();
let current = 0;
let count = 0;
const switches = new Float64Array(1 << 16);
let written = 0;

function turn(request) {
  if (request === current) return;
  current = request;
  switches[written++ & 0xffff] = performance.now();
}

createHook({
  init(id) {
    const request = requests.get(executionAsyncId());
    if (request !== undefined) requests.set(id, request);
  },
  before: id => turn(requests.get(id) ?? 0),
  after: () => turn(0),
  destroy: id => void requests.delete(id),
}).enable();
diagnostics.subscribe('http.server.request.start', () => {
  requests.set(executionAsyncId(), ++count);
  turn(count);
});
