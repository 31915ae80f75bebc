/** Sockets stay in the list of peers when they are closed. */
import { once } from 'node:events';
import net from 'node:net';

export const truth = { kind: 'global array' };
export const operationsPerEpoch = 20;

const peers = [];
const server = net.createServer(socket => {
  peers.push({ socket, since: Date.now() }); // leaks here
  socket.on('error', () => {});
  socket.end('bye');
});
server.unref();
const listening = once(server.listen(0, '127.0.0.1'), 'listening');

export async function operation() {
  await listening;
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.resume();
  await once(socket, 'close');
}
