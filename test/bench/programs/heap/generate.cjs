// A heap for the benchmark: `generate.cjs FILE SESSIONS LIST`. Writes its snapshot.
const v8 = require('node:v8');

class Session {
  constructor(id) {
    this.id = id;
    this.user = { name: `user ${id}`, tags: [`a${id}`, `b${id}`] };
    this.handlers = [() => this.id, x => x + id];
  }
}
class Order {
  constructor(id, session) {
    this.session = session;
    this.items = [
      { sku: `sku-${id}`, count: id },
      { sku: 'x', price: 2 * id + 0.5 },
    ];
  }
}

const [file, sessions, list] = process.argv.slice(2);
const kept = { sessions: new Map(), orders: [], some: new Set(), metadata: new WeakMap(), head: null };
for (let id = 0; id < Number(sessions); id++) {
  const session = new Session(id);
  kept.sessions.set(`session ${id}`, session);
  const order = new Order(id, session);
  kept.orders.push(order);
  if (id % 10 === 0) kept.metadata.set(session, { id });
  if (id % 3 === 0) kept.some.add(order);
  if (id % 7 === 0) session.pending = new Promise(resolve => (session.resolve = resolve));
}
for (let id = 0; id < Number(list); id++) kept.head = { id, next: kept.head };
globalThis.kept = kept;
v8.writeHeapSnapshot(file);
