import { describe, expect, test } from 'vitest';
import { originOf } from '../../../../src/analysis/source/origin.ts';
import { projectOf } from './lint-text.ts';

/** The origin of what is given to `show(…)` in the first file. */
function shown(drawn: string): string | undefined {
  const { project, programs } = projectOf(drawn);
  const [program] = programs;
  const call = program
    ?.all('CallExpression')
    .find(({ callee }) => callee.type === 'Identifier' && callee.name === 'show');
  const [value] = call?.arguments ?? [];
  if (!program || !value) throw new Error('Nothing is shown.');
  return originOf(value, program, project)?.path;
}

describe('where a value comes from', () => {
  test.each([
    ['a named import', `import { Pool } from 'pg'; show(new Pool());`, 'pg.Pool!'],
    ['a renamed import', `import { Pool as P } from 'pg'; show(new P());`, 'pg.Pool!'],
    ['a default import', `import pg from 'pg'; show(new pg.Pool());`, 'pg.Pool!'],
    ['a namespace', `import * as pg from 'pg'; show(new pg.Pool());`, 'pg.Pool!'],
    [
      'a default import taken apart',
      `import pg from 'pg'; const { Pool } = pg; show(new Pool());`,
      'pg.Pool!',
    ],
    ['require', `const { Pool: P } = require('pg'); show(new P());`, 'pg.Pool!'],
    ['import = require', `import pg = require('pg'); show(new pg.Pool());`, 'pg.Pool!'],
    ['a dynamic import', `const { Pool } = await import('pg'); show(new Pool());`, 'pg.Pool!'],
    ['then of an import', `import('pg').then(pg => show(new pg.Pool()));`, 'pg.Pool!'],
    ['a module of Node', `import http from 'node:http'; show(new http.Agent());`, 'http.Agent!'],
    ['a default class', `import Redis from 'ioredis'; show(new Redis());`, 'ioredis!'],
    ['an alias', `import { Pool } from 'pg'; const a = new Pool(); const b = a; show(b);`, 'pg.Pool!'],
    [
      'what is awaited',
      `import { Pool } from 'pg'; const a = new Pool(); show((await a.connect())!);`,
      'pg.Pool!.connect()',
    ],
    ['a cast', `import { Pool } from 'pg'; const a = new Pool() as unknown as Pool; show(a);`, 'pg.Pool!'],
    [
      'a lazy singleton',
      `import { Pool } from 'pg'; let a: Pool | undefined; const get = () => { a ??= new Pool(); return a; }; show(get());`,
      'pg.Pool!',
    ],
    [
      'a helper',
      `import { Pool } from 'pg'; function make() { if (x) return null; return new Pool(); } show(make());`,
      'pg.Pool!',
    ],
    [
      'a global fallback',
      `import { PrismaClient } from '@prisma/client'; const p = globalThis.p ?? new PrismaClient(); show(p);`,
      '@prisma/client.PrismaClient!',
    ],
    [
      'an object of this file',
      `import { Pool } from 'pg'; const db = { main: { pool: new Pool() } }; show(db.main.pool);`,
      'pg.Pool!',
    ],
    ['a field', `import { Pool } from 'pg'; class A { #p = new Pool(); m() { show(this.#p); } }`, 'pg.Pool!'],
    [
      'a field set in the constructor',
      `import { Pool } from 'pg'; class A { constructor() { this.p = new Pool(); } m() { return () => show(this.p); } }`,
      'pg.Pool!',
    ],
    [
      'a field by its type',
      `import type { Pool } from 'pg'; class A { constructor(private readonly p: Pool) {} m() { show(this.p); } }`,
      'pg.Pool!',
    ],
    [
      'a static field',
      `import { Pool } from 'pg'; class A { static pool = new Pool(); } show(A.pool);`,
      'pg.Pool!',
    ],
    [
      'a parameter by its type',
      `import pg from 'pg'; function f(p: pg.Pool | undefined) { show(p); }`,
      'pg.Pool!',
    ],
    [
      'a parameter by its calls',
      `import { Pool } from 'pg'; const p = new Pool(); function f(x, q) { show(q); } f(1, p); f(2, p);`,
      'pg.Pool!',
    ],
  ])('%s', (_, source, path) => {
    expect(shown(source)).toBe(path);
  });

  test.each([
    [
      'another module',
      `import { pool } from './db'; show(pool);\n// file: db.ts\nimport { Pool } from 'pg';\nexport const pool = new Pool();\n`,
    ],
    [
      'two re-exports',
      `import { db } from './a'; show(db);\n// file: a.ts\nexport { pool as db } from './b';\n// file: b.ts\nexport * from './c';\n// file: c.ts\nimport { Pool } from 'pg';\nexport const pool = new Pool();\n`,
    ],
    [
      'a default export',
      `import db from './db'; show(db);\n// file: db.ts\nimport { Pool } from 'pg';\nexport default new Pool();\n`,
    ],
    [
      'module.exports',
      `const { pool } = require('./db'); show(pool);\n// file: db.js\nconst { Pool } = require('pg');\nconst pool = new Pool();\nmodule.exports = { pool };\n`,
    ],
    [
      'module.exports of one thing',
      `const pool = require('./db'); show(pool);\n// file: db.js\nconst { Pool } = require('pg');\nmodule.exports = new Pool();\n`,
    ],
    [
      'a namespace of the project',
      `import * as db from './db'; show(db.pool);\n// file: db.ts\nimport { Pool } from 'pg';\nexport const pool = new Pool();\n`,
    ],
    [
      'a class that is handed on',
      `import { Pool } from './db'; show(new Pool());\n// file: db.ts\nexport { Pool } from 'pg';\n`,
    ],
    [
      'a function of another module',
      `import { getPool } from './db'; show(getPool());\n// file: db.ts\nimport { Pool } from 'pg';\nlet pool: Pool | undefined;\nexport function getPool() { if (!pool) pool = new Pool(); return pool; }\n`,
    ],
  ])('through modules: %s', (_, drawn) => {
    expect(shown(drawn)).toBe('pg.Pool!');
  });

  test.each([
    ['a name alone', `const pool = new Pool(); show(pool);`],
    ['another class of that name', `class Pool {} show(new Pool());`],
    ['two values', `import { Pool } from 'pg'; let p = new Pool(); p = other(); show(p);`],
    [
      'a parameter that is given different things',
      `import { Pool } from 'pg'; function f(q) { show(q); } f(new Pool()); f(fake);`,
    ],
    [
      'a parameter of a function that is passed on',
      `import { Pool } from 'pg'; function f(q) { show(q); } f(new Pool()); run(f);`,
    ],
    [
      'a class of the project that extends it',
      `import { Pool } from 'pg'; class Own extends Pool {} show(new Own());`,
    ],
    ['a shadowed name', `import { Pool } from 'pg'; { class Pool {} show(new Pool()); }`],
    ['a shadowed require', `function f(require) { show(require('pg')); }`],
    ['a part of an array', `import { Pool } from 'pg'; const [p] = [new Pool()]; show(p);`],
    [
      'modules that import each other',
      `import { a } from './a'; show(a);\n// file: a.ts\nexport { a } from './b';\n// file: b.ts\nexport { a } from './a';\n`,
    ],
    ['itself', `let a = b; let b = a; show(a);`],
    [
      'a field of a function, not of the class',
      `import { Pool } from 'pg'; class A { p = new Pool(); m() { return function () { show(this.p); }; } }`,
    ],
  ])('is not told of %s', (_, drawn) => {
    expect(shown(drawn)).toBeUndefined();
  });
});
