// Holds objects of all kinds in known numbers and writes a heap snapshot: `keep.cjs FILE [SESSIONS]`.
const v8 = require('node:v8');
const { AsyncLocalStorage } = require('node:async_hooks');

class Session {
  constructor(id) {
    this.id = id;
    this.user = { name: `user ${id}`, tags: [`a${id}`, 'é \u{1F40C} "quoted" \ud83d'] };
    this.handlers = [() => this.id, x => x + id];
  }
}
class Order {
  constructor(id, session) {
    Object.assign(this, { session, items: [{ sku: `sku-${id}`, price: id + 0.5 }], next: null });
  }
}

const [file, sessions = '500'] = process.argv.slice(2);
const kept = { sessions: new Map(), orders: new Set(), metadata: new WeakMap(), storage: new AsyncLocalStorage() };
let chain = null;
for (let id = 0; id < Number(sessions); id++) {
  const session = new Session(id);
  kept.sessions.set(`session ${id}`, session);
  const order = new Order(id, session);
  order.next = chain;
  if (id % 2 === 0) chain = order;
  if (id % 3 === 0) kept.orders.add(order);
  if (id % 5 === 0) kept.metadata.set(session, { order });
  if (id % 7 === 0) session.pending = new Promise(resolve => (session.resolve = resolve));
  if (id % 11 === 0) session.buffer = Buffer.alloc(20_000);
}
process.on('message', () => kept);
kept.timer = setTimeout(() => kept, 60_000).unref();
kept.chain = chain;
globalThis.kept = kept;
v8.writeHeapSnapshot(file);
