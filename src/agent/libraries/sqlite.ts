/**
 * SQLite runs in the thread that asks: node:sqlite (https://nodejs.org/api/sqlite.html) and better-sqlite3
 * (https://github.com/WiseLibs/better-sqlite3). Nothing else runs meanwhile, so that these are waits on the thread.
 *
 *   exec of a database; run, get, all of a statement; what `iterate` answers is not timed
 */
import type { Follow } from '../operations/follow.ts';
import { isObject, member, prototypeOf, type Library } from './library.ts';
import { SqlTexts } from './sql-texts.ts';
import { apply, wrapMethod, wrapMethods, type Method, type Undo } from './wrapped-method.ts';

const CALLS = ['run', 'get', 'all'];

interface Followed {
  readonly follow: Follow;
  readonly library: string;
  readonly texts: SqlTexts;
  /** What was prepared, where a statement does not tell. */
  readonly prepared: WeakMap<object, unknown>;
}

/** Patches a class of databases; that of statements with the first that is prepared. */
function patchDatabases(prototype: unknown, follow: Follow, library: string, source: string): Undo[] {
  const followed = {
    follow,
    library,
    texts: new SqlTexts('postgres'),
    prepared: new WeakMap<object, unknown>(),
  };
  const statements: Undo[] = [];
  const prepare = wrapMethod(
    prototype,
    'prepare',
    original =>
      function (...parameters) {
        const statement = apply(original, this, parameters);
        if (!isObject(statement)) return statement;
        followed.prepared.set(statement, parameters[0]);
        if (statements.length === 0)
          statements.push(
            ...wrapMethods<object>(Object.getPrototypeOf(statement), CALLS, call =>
              blocking(followed, call, self => followed.prepared.get(self) ?? member(self, source)),
            ),
          );
        return statement;
      },
  );
  const exec = wrapMethod<object>(prototype, 'exec', call => blocking(followed, call, (_, [sql]) => sql));
  return [prepare, exec, () => statements.forEach(undo => undo())];
}

function blocking(
  { follow, library, texts }: Followed,
  original: Method<object>,
  sqlOf: (self: object, parameters: readonly unknown[]) => unknown,
): Method<object> {
  return function (...parameters) {
    const wait = follow.wait('query', library, texts.later(sqlOf(this, parameters)), false, true);
    try {
      return apply(original, this, parameters);
    } finally {
      wait?.end();
    }
  };
}

export const nodeSqlite: Library = {
  lateBuiltins: {
    sqlite: (exported, follow) =>
      patchDatabases(prototypeOf(exported, 'DatabaseSync'), follow, 'node:sqlite', 'sourceSQL'),
  },
};

export const betterSqlite3: Library = {
  files: {
    'better-sqlite3/lib/database.js': (exported, follow) =>
      patchDatabases(prototypeOf(exported, 'Database'), follow, 'better-sqlite3', 'source'),
  },
};
