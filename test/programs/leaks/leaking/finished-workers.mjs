/** Handles of workers stay after their work. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export const truth = { kind: 'cache' };
export const operationsPerEpoch = 6;

const started = new Map();

export async function operation(n) {
  const worker = new Worker('', { eval: true });
  started.set(n, { worker, input: { page: n } }); // leaks here
  await once(worker, 'exit');
}
