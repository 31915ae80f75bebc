/**
 * mongodb: https://www.mongodb.com/docs/drivers/node
 *
 *   MongoClient.connect      connect
 *   ConnectionPool.checkOut  pool; before version 6 with a callback, which comes from whoever gives a connection back
 *   Connection.command       query: the collection and what is done with it, no values
 */
import { dataOf } from '../operations/route-name.ts';
import { member, prototypeOf, type Library } from './library.ts';
import { connectionsOut } from './pool-counts.ts';
import { waitingCall } from './waiting-call.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

interface Pool {
  readonly options?: { readonly maxPoolSize?: number };
  readonly totalConnectionCount: number;
  readonly availableConnectionCount: number;
  readonly waitQueueSize: number;
}

/** What the driver itself asks: of a server's state, and to be let in. */
const OWN = /^(?:hello|ismaster|saslStart|saslContinue|authenticate|endSessions|killCursors)$/i;

export const mongodb: Library = {
  files: {
    'mongodb/lib/mongo_client.js': (exported, follow) => [
      wrapMethod(
        prototypeOf(exported, 'MongoClient'),
        'connect',
        waitingCall(follow, { kind: 'connect', library: 'mongodb', detail: serversOf, binds: true }),
      ),
    ],
    'mongodb/lib/cmap/connection_pool.js': (exported, follow) => [
      wrapMethod<Pool>(
        prototypeOf(exported, 'ConnectionPool'),
        'checkOut',
        waitingCall(follow, { kind: 'pool', library: 'mongodb', detail: poolDetail, binds: true }),
      ),
    ],
    'mongodb/lib/cmap/connection.js': (exported, follow) => [
      wrapMethod(prototypeOf(exported, 'Connection'), 'command', original => {
        const waiting = waitingCall(follow, {
          kind: 'query',
          library: 'mongodb',
          detail: (_, [, command]) => commandOf(command),
          binds: true,
          // The class of the answer (6).
          isCallback: last => member(last, 'make') === undefined,
        })(original);
        return function (...parameters) {
          return apply(OWN.test(nameOf(parameters[1])) ? original : waiting, this, parameters);
        };
      }),
    ],
  },
};

/** A command's name is its first field. */
const nameOf = (command: unknown): string =>
  typeof command === 'object' && command !== null ? (Object.keys(command)[0] ?? '') : '';

/** `users.find`; of what is done with no collection only its name. */
function commandOf(command: unknown): string {
  const name = nameOf(command);
  const target = dataOf(command, name === 'getMore' ? 'collection' : name);
  return typeof target === 'string' ? `${target}.${name}` : name;
}

function poolDetail(pool: Pool): () => string {
  const { totalConnectionCount: all, availableConnectionCount: idle, waitQueueSize: waiting } = pool;
  const max = pool.options?.maxPoolSize ?? all;
  return () => connectionsOut({ all, idle, max, waiting });
}

function serversOf(client: unknown): () => string {
  const hosts = member(member(client, 'options'), 'hosts');
  const servers = Array.isArray(hosts) ? hosts.slice(0, 3).map(String).join(', ') : '';
  return () => servers;
}
