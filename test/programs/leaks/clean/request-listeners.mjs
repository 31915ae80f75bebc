/** Listens while the request lasts. */
import { EventEmitter } from 'node:events';

export const truth = { why: 'listeners that are removed' };

const server = new EventEmitter();

export async function operation(n) {
  const request = { id: n, isCancelled: false };
  const cancel = () => (request.isCancelled = true);
  server.on('close', cancel);
  await new Promise(resolve => setImmediate(resolve));
  server.off('close', cancel);
}
