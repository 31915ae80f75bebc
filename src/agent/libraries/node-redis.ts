/**
 * node-redis: the packages redis and @redis/client. https://github.com/redis/node-redis
 *
 *   RedisClient.sendCommand                     query: all commands come by it
 *   RedisClient._executePipeline, _executeMulti query: one for all of its commands (4: multiExecutor)
 *   RedisClient.connect                         connect
 *   RedisClientPool.execute                     pool: its function is called by whoever gives a client back
 *
 * Its channels are not used: who listens to them changes which promise the program gets, and older versions have none.
 */
import { dataOf } from '../operations/route-name.ts';
import type { Follow } from '../operations/follow.ts';
import { member, prototypeOf, type Library, type PatchFile } from './library.ts';
import { untilCalled } from './limiters.ts';
import { connectionsOut } from './pool-counts.ts';
import { waitingCall, type Waiting } from './waiting-call.ts';
import { apply, wrapMethod, wrapMethods, type Undo } from './wrapped-method.ts';

interface Pool {
  readonly idleClients?: number;
  readonly totalClients?: number;
  readonly tasksQueueLength?: number;
}

const LIBRARY = 'redis';
const BATCHES = ['_executePipeline', '_executeMulti', 'multiExecutor', 'executePipeline'];

const patchClient: PatchFile = (exported, follow) => {
  const prototype = prototypeOf(exported, 'default');
  const query = (detail: Waiting<unknown>['detail']) =>
    waitingCall(follow, { kind: 'query', library: LIBRARY, ...(detail ? { detail } : {}) });
  const batch = query((_, [commands]) => `batch of ${Array.isArray(commands) ? commands.length : 0}`);
  return [
    wrapMethod(
      prototype,
      'sendCommand',
      query((_, [args]) => commandOf(args)),
    ),
    ...wrapMethods(prototype, BATCHES, batch),
    wrapMethod(
      prototype,
      'connect',
      waitingCall(follow, { kind: 'connect', library: LIBRARY, detail: serverOf }),
    ),
  ];
};

const patchPool: PatchFile = (exported, follow) => [poolOf(prototypeOf(exported, 'RedisClientPool'), follow)];

/** What the function does belongs to who has asked, not to who has given the client back. */
const poolOf = (prototype: unknown, follow: Follow): Undo =>
  wrapMethod(prototype, 'execute', original => {
    const waiting = untilCalled(follow, LIBRARY, original, { kind: 'pool', detail: clientsOut });
    return function (...parameters) {
      if (typeof parameters[0] === 'function') parameters[0] = follow.bind(parameters[0] as () => unknown);
      return apply(waiting, this, parameters);
    };
  });

export const nodeRedis: Library = {
  files: {
    '@redis/client/dist/lib/client/index.js': patchClient,
    '@redis/client/dist/lib/client/pool.js': patchPool,
  },
};

/** `hget`. */
function commandOf(args: unknown): string {
  const [name] = Array.isArray(args) ? (args as unknown[]) : [];
  return typeof name === 'string' || Buffer.isBuffer(name) ? String(name).toLowerCase() : 'command';
}

function serverOf(client: unknown): string | undefined {
  const socket = member(member(client, 'options'), 'socket');
  const path = dataOf(socket, 'path');
  if (typeof path === 'string') return path;
  const [host, port] = [dataOf(socket, 'host'), dataOf(socket, 'port')];
  return `${typeof host === 'string' ? host : 'localhost'}:${typeof port === 'number' ? port : 6379}`;
}

function clientsOut(pool: Pool): string {
  const all = pool.totalClients ?? 0;
  const waiting = pool.tasksQueueLength ?? 0;
  return connectionsOut({ all, idle: pool.idleClients ?? 0, max: all, waiting });
}
