/**
 * postgres (postgres.js): a query is a promise that is sent when somebody waits for it.
 *
 *   Query.handle    its handler gives it to a connection (query), or to a queue until one is there (pool)
 *
 * Which connection has taken it stands in `state`. https://github.com/porsager/postgres
 */
import type { Follow, OpenWait } from '../operations/follow.ts';
import { dataOf } from '../operations/route-name.ts';
import { prototypeOf, type Library, type PatchFile } from './library.ts';
import { SqlTexts } from './sql-texts.ts';
import { apply, defineProperty, wrapMethod, type Method } from './wrapped-method.ts';

interface Query {
  readonly executed?: boolean;
  readonly strings?: unknown;
  readonly statement?: unknown;
  state?: unknown;
  handler?: unknown;
  resolve?: unknown;
  reject?: unknown;
  forEachFn?: unknown;
  cursorFn?: unknown;
}

const LIBRARY = 'postgres';

const patchQuery: PatchFile = (exported, follow) => {
  const texts = new SqlTexts('postgres');
  return [
    wrapMethod<Query>(
      prototypeOf(exported, 'Query'),
      'handle',
      original =>
        function (...parameters) {
          if (this.executed !== true && typeof this.handler === 'function' && follow.current())
            new FollowedQuery(follow, texts, this).follow();
          return apply(original, this, parameters);
        },
    ),
  ];
};

export const postgresJs: Library = {
  files: { 'postgres/src/query.js': patchQuery, 'postgres/cjs/src/query.js': patchQuery },
  modules: { 'postgres/src/query.js': ['Query'] },
};

/** One that is about to be sent: from its handler's call until it is settled. */
class FollowedQuery {
  private wait: OpenWait | undefined;
  private hasEnded = false;

  constructor(
    private readonly operations: Follow,
    private readonly texts: SqlTexts,
    private readonly query: Query,
  ) {}

  follow(): void {
    const { query, operations: follow } = this;
    const handler = query.handler as Method;
    // Rows that are handed on one by one come from whoever has opened the connection.
    for (const name of ['forEachFn', 'cursorFn'] as const)
      if (typeof query[name] === 'function') query[name] = follow.bind(query[name] as Method);
    query.resolve = this.ending(query.resolve);
    query.reject = this.ending(query.reject);
    const followed = this.handled.bind(this, handler);
    query.handler = Object.assign(followed, handler);
  }

  private handled(handler: Method, ...parameters: unknown[]): unknown {
    const { query } = this;
    const result = apply(handler, query, parameters);
    if (this.hasEnded) return result;
    if (query.state) this.sent();
    else this.queued();
    return result;
  }

  private sent(): void {
    this.wait?.end();
    this.wait = this.operations.wait('query', LIBRARY, () => this.text());
  }

  private queued(): void {
    const { query, operations: follow } = this;
    this.wait = follow.wait('pool', LIBRARY);
    const sent = follow.bind(() => this.sent());
    let state: unknown = query.state;
    const set = (value: unknown): void => {
      state = value;
      if (value && !this.hasEnded) sent();
    };
    defineProperty(query, 'state', { get: () => state, set, configurable: true, enumerable: true });
  }

  /** As it was sent, or where that is not known, as it was written. */
  private text(): string {
    const { statement, strings } = this.query;
    const sent = dataOf(statement, 'string');
    const written = Array.isArray(strings) ? strings.join('?') : '';
    return this.texts.later(typeof sent === 'string' ? sent : written)?.() ?? '';
  }

  private ending(settle: unknown): unknown {
    if (typeof settle !== 'function') return settle;
    const ended = (): void => {
      this.hasEnded = true;
      this.wait?.end();
    };
    return function (this: unknown, ...parameters: unknown[]): unknown {
      ended();
      return apply(settle as Method, this, parameters);
    };
  }
}
