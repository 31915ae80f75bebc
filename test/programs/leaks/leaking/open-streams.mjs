/** Streams to clients that never end stay in the set of those that are served. */
import { PassThrough } from 'node:stream';

export const truth = { kind: 'handle' };

const clients = new Set();

function subscribe(topic) {
  const stream = new PassThrough(); // leaks here
  stream.write(`event: hello\ndata: ${topic}\n\n`);
  clients.add(stream);
  stream.once('end', () => clients.delete(stream));
  return stream;
}

export function operation(n) {
  subscribe(`topic-${n % 4}`).read();
}
