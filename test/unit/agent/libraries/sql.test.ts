import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeSql, type SqlDialect } from '../../../../src/agent/libraries/sql.ts';

const postgres = (text: string): string => normalizeSql(text, 'postgres');
const mysql = (text: string): string => normalizeSql(text, 'mysql');

describe('SQL without its values', () => {
  test.each([
    ["select * from a where name = 'Ann' and n > 12.5e3", 'select * from a where name = ? and n > ?'],
    ['SELECT a1, "b 2" FROM t_3 WHERE id = $1', 'SELECT a1, "b 2" FROM t_3 WHERE id = $1'],
    ['select 1 -- the one\n  , /* two /* nested */ */ 2', 'select ? , ?'],
    ["select 'it''s', E'it\\'s', U&'x', B'01', $$it's$$, $tag$ $$ $tag$", 'select ?, ?, ?, ?, ?, ?'],
    ["select 'C:\\', 'secret'", 'select ?, ?'],
    ['select * from t where id in (1, 2,3) and k IN ($1,$2)', 'select * from t where id in (?) and k IN (?)'],
    ["insert into t (a, b) values (1, 'x'), (2, NULL), ($1, $2)", 'insert into t (a, b) values (?, ?)'],
    ["select a::int, b->>'k', c ?| array['x'] from t", 'select a::int, b->>?, c ?| array[?] from t'],
    ['select 0x1F, .5, 1_000, t1.c2', 'select ?, ?, ?, t1.c2'],
    ["select 'never closed", 'select ?'],
    ['select 1 /* never closed', 'select ?'],
    ['  \n ', ''],
  ])('of PostgreSQL: %s', (text, expected) => {
    expect(postgres(text)).toBe(expected);
  });

  test.each([
    [
      "select `a b`, \"text\" from t where x = 'it\\'s' and y = :id",
      'select `a b`, ? from t where x = ? and y = :id',
    ],
    ['select 1 # the one\n, 2 -- two\n, 3--4', 'select ? , ? , ?--?'],
    ["select _utf8mb4'x', N'y', X'4D', @v, @@max", 'select ?, ?, ?, @v, @@max'],
    ['select * from t where id in (1,2)', 'select * from t where id in (?)'],
  ])('of MySQL: %s', (text, expected) => {
    expect(mysql(text)).toBe(expected);
  });

  test('is cut at 300 characters', () => {
    const text = postgres(`select ${'column_name, '.repeat(100)}`);
    expect(text).toHaveLength(300);
    expect(text.endsWith('…')).toBe(true);
  });

  test('is short and told in no time where the statement is a megabyte of values', () => {
    const text = postgres(`insert into t values ${'(1, 2), '.repeat(150_000)}(1, 2)`);
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text).toMatch(/^insert into t values \(\?, \?\)/);
  });
});

/** A string in a statement, as a careful program writes it. */
const quoted: Readonly<Record<SqlDialect, (value: string) => string>> = {
  postgres: value => `'${value.replaceAll("'", "''")}'`,
  mysql: value => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
};
const dialects = fc.constantFrom<SqlDialect>('postgres', 'mysql');
const values = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.double().filter(Number.isFinite)), {
  minLength: 1,
});

function statement(given: readonly (string | number)[], dialect: SqlDialect): string {
  const literals = given.map(value =>
    typeof value === 'string' ? quoted[dialect](`SECRET${value}SECRET`) : String(Math.abs(value)),
  );
  return `select /* SECRET */ a from t where ${literals.map(literal => `b = ${literal}`).join(' and ')}`;
}

describe('whatever the values are', () => {
  test('none of them is left', () => {
    fc.assert(
      fc.property(values, dialects, (given, dialect) => {
        expect(normalizeSql(statement(given, dialect), dialect)).not.toMatch(/SECRET|\d/);
      }),
    );
  });

  test('a statement reads the same', () => {
    fc.assert(
      fc.property(values, dialects, (given, dialect) => {
        const plain = given.map(value => (typeof value === 'string' ? '' : 1));
        expect(normalizeSql(statement(given, dialect), dialect)).toBe(
          normalizeSql(statement(plain, dialect), dialect),
        );
      }),
    );
  });

  test('any text at all becomes at most 300 characters, which stay as they are the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), dialects, (text, dialect) => {
        const once = normalizeSql(text, dialect);
        expect(once.length).toBeLessThanOrEqual(300);
        expect(normalizeSql(once, dialect).length).toBeLessThanOrEqual(once.length);
      }),
    );
  });
});
