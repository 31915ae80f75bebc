/** Hooks of every order stay in the list of hooks. */
export const truth = { kind: 'closure' };

const afterCommit = [];

export function operation(n) {
  const order = { id: n, items: Array.from({ length: 12 }, (_, at) => ({ sku: `A${at}`, count: at })) };
  afterCommit.push(() => audit(order)); // leaks here
  return commit(order);
}

function commit(order) {
  return order.items.reduce((sum, item) => sum + item.count, 0);
}

function audit(order) {
  return `${order.id}: ${order.items.length}`;
}
