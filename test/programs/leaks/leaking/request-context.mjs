/** Callbacks for an idle pool, each bound to the context of its request; the pool is never idle. */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

export const truth = { kind: 'closure' };

const context = new AsyncLocalStorage();
const whenIdle = [];

function afterWork(callback) {
  whenIdle.push(AsyncResource.bind(callback)); // leaks here
}

export function operation(n) {
  const request = { id: n, tags: { service: 'cart', region: `eu-${n % 3}` }, body: `{"order":${n}}` };
  context.run(request, () => afterWork(() => context.getStore()?.id));
}
