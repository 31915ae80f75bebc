import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * Listens on a free port of 127.0.0.1 and passes everything on to `port`, each piece `latencyMs` later: a server on
 * another machine. Answers come back at once, so a round trip takes `latencyMs` longer.
 * @param {number} port
 * @param {number} latencyMs
 * @returns {Promise<number>} the port to use instead
 */
export async function keepAtDistance(port, latencyMs) {
  const far = createServer({ allowHalfOpen: true, noDelay: true }, near => {
    const server = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    /** @param {() => void} act */
    const later = act => setTimeout(act, latencyMs);
    near.on('data', chunk => later(() => server.write(chunk)));
    near.on('end', () => later(() => server.end()));
    server.pipe(near);
    near.on('error', () => server.destroy());
    server.on('error', () => near.destroy());
    near.on('close', () => later(() => server.destroy()));
    server.on('close', () => near.destroySoon());
  }).listen(0, '127.0.0.1');
  await once(far, 'listening');
  return far.address().port;
}
