/** Polls for a result that never comes: each operation leaves a chain of timeouts. */
export const truth = { kind: 'timer' };

const results = new Map();

function poll(job, attempt) {
  if (results.has(job.id)) return;
  setTimeout(() => poll(job, attempt + 1), 30_000).unref(); // leaks here
}

export function operation(n) {
  poll({ id: n, payload: { rows: [n, n + 1, n + 2], owner: `user-${n}` } }, 0);
}
