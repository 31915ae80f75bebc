'use strict';
/** Scopes of async_hooks that end while the operation around them goes on. `node scopes.cjs <api>` */
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const { EventEmitterAsyncResource } = require('node:events');
const { burn, sleep } = require('./truth.cjs');
const { profileAsync } = require(process.argv[2]);

let bound;
let over;
const other = profileAsync(
  async () => {
    bound = AsyncResource.bind(() => burn('other'));
    await new Promise(resolve => (over = resolve));
    burn('other');
  },
  { name: 'other' },
);
const burnOuter = () => burn('outer');

/** Each works in a scope; what follows it is the operation's all the same. */
const SCOPES = {
  own: () => new AsyncResource('Own').runInAsyncScope(burnOuter),
  nested: () => new AsyncResource('Own').runInAsyncScope(() => AsyncResource.bind(burnOuter)()),
  emitter: () => {
    const emitter = new EventEmitterAsyncResource({ name: 'Emitter' });
    emitter.on('event', burnOuter);
    emitter.emit('event');
  },
  snapshot: () => AsyncLocalStorage.snapshot()(burnOuter),
  ofAnother: () => bound(),
  thrown: () => {
    try {
      new AsyncResource('Own').runInAsyncScope(() => {
        throw new Error('no');
      });
    } catch {
      burnOuter();
    }
  },
};

const outer = profileAsync(
  async () => {
    for (const work of Object.values(SCOPES)) {
      await null;
      work();
      burnOuter();
      await sleep(2);
      work();
      burnOuter();
      await new Promise(resolve => queueMicrotask(() => resolve(burnOuter())));
      await new Promise(resolve => process.nextTick(() => (work(), resolve(burnOuter()))));
    }
    over();
  },
  { name: 'outer' },
);

Promise.all([other(), outer()]);
