/**
 * pg and pg-pool: https://node-postgres.com
 *
 *   Pool.connect   pool, also when pool.query calls it; its callback comes from whoever gives the connection back
 *   Client.connect connect
 *   Client.query   query; callbacks and the events of a `Query` come from the socket of whoever opened it
 *   Cursor.read    query (pg-cursor, and pg-query-stream, which reads by it)
 *
 * Pool.query needs no patch: it connects and queries by the methods above, in turn.
 */
import type { Follow } from '../operations/follow.ts';
import { prototypeOf, type Library } from './library.ts';
import { connectionsOut, isExhausted, type PoolCounts } from './pool-counts.ts';
import { SqlTexts } from './sql-texts.ts';
import { ending, endingByEvent, endingWhenThrown, waitingCall } from './waiting-call.ts';
import { apply, hideIn, wrapMethod, type Method } from './wrapped-method.ts';

interface Pool {
  readonly options?: { readonly max?: number };
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

interface Client {
  readonly host?: string;
  readonly port?: number;
}

/** What `client.query` takes instead of text: it is sent and fed by the client. */
interface Submittable {
  submit?: unknown;
  text?: string;
  callback?: unknown;
  emit?: unknown;
  read?: unknown;
}

export const pg: Library = {
  files: {
    'pg-pool/index.js': (exported, follow) => [
      wrapMethod<Pool>(
        prototypeOf(exported, 'Pool'),
        'connect',
        waitingCall(follow, { kind: 'pool', library: 'pg', detail: poolDetail, isSure, binds: true }),
      ),
    ],
    'pg/lib/client.js': (exported, follow) => {
      const prototype = prototypeOf(exported, 'Client');
      return [
        wrapMethod<Client>(
          prototype,
          'connect',
          waitingCall(follow, { kind: 'connect', library: 'pg', detail: serverOf, binds: true }),
        ),
        wrapMethod(prototype, 'query', original => new QueryCalls(follow, original).replacement()),
      ];
    },
    'pg-cursor/index.js': (exported, follow) => {
      const texts = new SqlTexts('postgres');
      const detail = ({ text }: Submittable) => texts.later(text);
      const waiting = { kind: 'query', library: 'pg', detail, binds: true } as const;
      return [wrapMethod<Submittable>(prototypeOf(exported, 'Cursor'), 'read', waitingCall(follow, waiting))];
    },
  },
};

function countsOf({ totalCount: all, idleCount: idle, waitingCount: waiting, options }: Pool): PoolCounts {
  return { all, idle, max: options?.max ?? all, waiting };
}

function poolDetail(pool: Pool): () => string {
  const counts = countsOf(pool);
  return () => connectionsOut(counts);
}

const isSure = (pool: Pool): boolean => isExhausted(countsOf(pool));

const serverOf = ({ host, port }: Client): (() => string) => {
  return () => (String(host).startsWith('/') ? String(host) : `${host}:${port}`);
};

class QueryCalls {
  private readonly texts = new SqlTexts('postgres');

  constructor(
    private readonly follow: Follow,
    private readonly original: Method,
  ) {}

  replacement(): Method {
    const { follow, original, texts } = this;
    const ofText = waitingCall(follow, {
      kind: 'query',
      library: 'pg',
      detail: (_, [query]) => texts.later(isText(query) ? query : (query as { text?: unknown }).text),
      binds: true,
    })(original);
    const ofSubmittable = this.ofSubmittable.bind(this);
    return function (...parameters) {
      const [query] = parameters;
      if (isText(query) || typeof query !== 'object' || query === null)
        return apply(ofText, this, parameters);
      const { submit, read } = query as Submittable;
      if (typeof submit !== 'function') return apply(ofText, this, parameters);
      // A cursor's rows are waited for where they are read.
      if (typeof read === 'function') return apply(original, this, parameters);
      return ofSubmittable(this, parameters, query);
    };
  }

  /** `new Query(…)`: it ends by its own callback, one given with it, or by its events. */
  private ofSubmittable(self: unknown, parameters: unknown[], query: Submittable): unknown {
    const { follow, original } = this;
    const wait = follow.wait('query', 'pg', this.texts.later(query.text));
    const bound = (callback: Method): Method => {
      const here = follow.bind(callback);
      return wait ? ending(wait, here) : here;
    };
    if (typeof query.callback === 'function') query.callback = bound(query.callback as Method);
    const last = parameters.length - 1;
    if (typeof parameters[last] === 'function') parameters[last] = bound(parameters[last] as Method);
    if (typeof query.emit === 'function')
      hideIn(query, 'emit', endingByEvent(follow.bind(query.emit as Method), wait));
    return wait ? endingWhenThrown(wait, original, self, parameters) : apply(original, self, parameters);
  }
}

const isText = (query: unknown): query is string => typeof query === 'string';
