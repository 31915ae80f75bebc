/**
 * mysql2: https://sidorares.github.io/node-mysql2
 *
 *   Connection.addCommand  query, connect (the handshake); results and events come from the socket's context
 *   Pool.getConnection     pool; its callback comes from whoever gives the connection back
 *
 * Everything else, and all of mysql2/promise, goes by these two. Its channels are not used: older versions have none.
 */
import type { Follow, OpenWait } from '../operations/follow.ts';
import { member, prototypeOf, type Library } from './library.ts';
import { connectionsOut, isExhausted, type PoolCounts } from './pool-counts.ts';
import { SqlTexts } from './sql-texts.ts';
import { ending, endingByEvent, waitingCall } from './waiting-call.ts';
import { apply, hideIn, wrapMethod, type Method, type Undo } from './wrapped-method.ts';

interface Pool {
  readonly config?: { readonly connectionLimit?: number };
  readonly _allConnections?: { readonly length: number };
  readonly _freeConnections?: { readonly length: number };
  readonly _connectionQueue?: { readonly length: number };
}

interface Connection {
  readonly config?: { readonly host?: string; readonly port?: number; readonly socketPath?: string };
}

interface Command {
  readonly constructor: { readonly name: string };
  /** Query, Execute. */
  readonly sql?: unknown;
  /** Prepare. */
  readonly query?: unknown;
  onResult?: unknown;
  emit?: unknown;
}

export const mysql2: Library = {
  files: {
    'mysql2/lib/base/connection.js': patchConnection,
    'mysql2/lib/base/pool.js': patchPool,
    // Before 3.12.
    'mysql2/lib/connection.js': patchConnection,
    'mysql2/lib/pool.js': patchPool,
  },
};

function patchPool(exported: unknown, follow: Follow): Undo[] {
  const prototype = prototypeOf(exported, 'Pool');
  const waiting = { kind: 'pool', library: 'mysql2', detail: poolDetail, isSure, binds: true } as const;
  return [wrapMethod<Pool>(prototype, 'getConnection', waitingCall(follow, waiting))];
}

function countsOf({ config, _allConnections, _freeConnections, _connectionQueue }: Pool): PoolCounts {
  const all = _allConnections?.length ?? 0;
  const idle = _freeConnections?.length ?? 0;
  const waiting = _connectionQueue?.length ?? 0;
  return { all, idle, max: config?.connectionLimit || all, waiting };
}

function poolDetail(pool: Pool): () => string {
  const counts = countsOf(pool);
  return () => connectionsOut(counts);
}

const isSure = (pool: Pool): boolean => isExhausted(countsOf(pool));

function patchConnection(exported: unknown, follow: Follow): Undo[] {
  const texts = new SqlTexts('mysql');
  return [
    wrapMethod<Connection>(
      prototypeOf(exported, 'Connection'),
      'addCommand',
      original =>
        function (...parameters) {
          const [command] = parameters as [Command | undefined];
          if (typeof command === 'object')
            followCommand(follow, openWait(follow, texts, this, command), command);
          return apply(original, this, parameters);
        },
    ),
  ];
}

function followCommand(follow: Follow, wait: OpenWait | undefined, command: Command): void {
  if (typeof command.onResult === 'function') {
    const bound = follow.bind(command.onResult as Method);
    command.onResult = wait ? ending(wait, bound) : bound;
  }
  if (typeof command.emit === 'function')
    hideIn(command, 'emit', endingByEvent(follow.bind(command.emit as Method), wait));
}

function openWait(
  follow: Follow,
  texts: SqlTexts,
  connection: Connection,
  command: Command,
): OpenWait | undefined {
  const { name } = command.constructor;
  if (name === 'ClientHandshake') return follow.wait('connect', 'mysql2', serverOf(connection));
  // Close, Quit: nobody waits for an answer. ServerHandshake: the program is the server.
  if (name === 'CloseStatement' || name === 'Quit' || name === 'ServerHandshake') return undefined;
  const text = command.sql ?? member(command.query, 'sql') ?? command.query;
  return follow.wait('query', 'mysql2', texts.later(text) ?? name);
}

const serverOf =
  ({ config }: Connection): (() => string) =>
  () =>
    config?.socketPath ?? `${config?.host}:${config?.port}`;
