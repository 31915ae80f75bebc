import { once } from 'node:events';
import net from 'node:net';

/** Environment variable with the path of the socket to the test outside. */
export const SOCKET_VARIABLE = 'SLOWCATCH_TEST_SOCKET';

/** Environment variable with the path of the command line, which the package for the editor does not have. */
export const CLI_VARIABLE = 'SLOWCATCH_TEST_CLI';

/** The extension host's end of the channel to the test outside. */
export async function connect(): Promise<net.Socket> {
  const socket = net.connect(process.env[SOCKET_VARIABLE] ?? '');
  await once(socket, 'connect');
  return socket;
}
