/** Every request waits for the signal of the shutdown too. */
import { setMaxListeners } from 'node:events';

export const truth = { kind: 'listener' };

const shutdown = new AbortController();
setMaxListeners(0, shutdown.signal);

export function operation(n) {
  const response = { id: n, chunks: [`part ${n}`], ended: false };
  shutdown.signal.addEventListener('abort', () => (response.ended = true)); // leaks here
  return response.chunks.length;
}
