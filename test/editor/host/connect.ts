import { once } from 'node:events';
import net from 'node:net';

/** Environment variable with the path of the socket to the test outside. */
export const SOCKET_VARIABLE = 'SLOWCATCH_TEST_SOCKET';

/** The extension host's end of the channel to the test outside. */
export async function connect(): Promise<net.Socket> {
  const socket = net.connect(process.env[SOCKET_VARIABLE] ?? '');
  await once(socket, 'connect');
  return socket;
}
