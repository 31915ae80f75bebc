/** Writes go one after the other, behind one that hangs. */
export const truth = { kind: 'pending promise' };

const queue = [];
let isBusy = false;

function write(row) {
  const { promise, ...settle } = withResolvers(row);
  queue.push(settle);
  void pump();
  return promise;
}

function withResolvers(row) {
  const settle = { row };
  settle.promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject })); // leaks here
  return settle;
}

async function pump() {
  if (isBusy) return;
  isBusy = true;
  // Hangs: the disk never answers.
  await new Promise(() => {});
}

export function operation(n) {
  void write({ table: 'orders', values: [n, `customer ${n}`] });
}
