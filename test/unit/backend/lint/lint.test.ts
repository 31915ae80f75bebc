/** `slowcatch lint` on folders of files, with the parser that ships. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lint } from '../../../../src/backend/lint/lint.ts';
import { renderLint } from '../../../../src/backend/lint/render-lint.ts';
import { slashes } from '../../../../src/backend/lint/find-files.ts';
import { PARSER_FILE } from '../../../../src/backend/watch/parser.ts';
import { PARSER } from '../../model/watched/parsed.ts';

let folder: string;
let dist: string;

beforeEach(() => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-lint-'));
  folder = path.join(root, 'app');
  dist = path.join(root, 'parser');
  mkdirSync(folder);
  mkdirSync(dist);
  cpSync(PARSER, path.join(dist, PARSER_FILE));
});

afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

const CACHE = `import C from 'node-cache';\nexport const c = new C();\n`;

async function found(fix = false, ...names: readonly string[]): Promise<string[]> {
  const paths = names.length > 0 ? names.map(name => path.join(folder, name)) : [folder];
  const { diagnostics } = await lint(paths, { dist, fix });
  return diagnostics.map(
    ({ file, line, rule }) => `${file.slice(slashes(folder).length + 1)}:${line} ${rule}`,
  );
}

test('looks at all sources but what is ignored, generated, a test, a script or a package', async () => {
  write({
    'src/a.ts': CACHE,
    'src/b.tsx': CACHE,
    'src/c.cjs': `const C = require('node-cache');\nconst c = new C();\n`,
    'src/a.test.ts': CACHE,
    'scripts/a.ts': CACHE,
    'node_modules/x/a.js': CACHE,
    'own/a.js': CACHE,
    '.gitignore': 'own/\n',
    'src/d.ts': `// @generated\n${CACHE}`,
    'src/readme.md': CACHE,
  });
  expect(await found()).toEqual([
    'src/a.ts:2 cache-without-max',
    'src/b.tsx:2 cache-without-max',
    'src/c.cjs:2 cache-without-max',
  ]);
});

test('looks at what is named, whatever it is', async () => {
  write({ 'scripts/a.ts': CACHE, 'src/b.ts': CACHE });
  expect(await found(false, 'scripts/a.ts')).toEqual(['scripts/a.ts:2 cache-without-max']);
});

test('knows a pool that another module makes, by relative paths and those of a tsconfig that extends what is missing', async () => {
  write({
    'tsconfig.json': `{ // comments are fine\n "extends": "missing/tsconfig.json", "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }`,
    'src/db/pool.ts': `import { Pool } from 'pg';\nexport const pool = new Pool();\npool.on('error', console.error);\n`,
    'src/db/index.ts': `export * from './pool.js';\n`,
    'src/a.ts': `import { pool } from '@/db';\nexport const a = () => pool.query('BEGIN');\n`,
    'src/b.ts': `import * as db from './db/index.js';\nexport const a = () => db.pool.query('BEGIN');\n`,
  });
  expect(await found()).toEqual(['src/a.ts:2 transaction-on-pool', 'src/b.ts:2 transaction-on-pool']);
});

test('says which files it could not check, and checks the others', async () => {
  write({
    'a.ts': CACHE,
    'broken.ts': `import C from 'node-cache';\nconst = new C(`,
    'large.ts': `${CACHE}//${'x'.repeat(600_000)}`,
  });
  const { diagnostics, problems } = await lint([folder], { dist, fix: false });
  expect(diagnostics).toHaveLength(1);
  expect(problems.map(({ code }) => code).sort()).toEqual(['lint-not-parsed', 'lint-too-big']);
});

test.runIf(process.platform !== 'win32')('links that lead in a circle end nowhere', async () => {
  write({ 'src/a.ts': CACHE });
  symlinkSync(folder, path.join(folder, 'src/again'));
  expect(await found()).toEqual(['src/a.ts:2 cache-without-max']);
});

test('a mark of byte order and lines that end as on Windows do not move places', async () => {
  write({ 'a.ts': `\uFEFFimport C from 'node-cache';\r\n// é 😀\r\nexport const c = new C();\r\n` });
  const { diagnostics } = await lint([folder], { dist, fix: false });
  expect(diagnostics).toMatchObject([{ line: 3, column: 18, endLine: 3, endColumn: 25 }]);
  expect(await found(true)).toEqual([]);
  expect(readFileSync(path.join(folder, 'a.ts'), 'utf8')).toBe(
    `\uFEFFimport C from 'node-cache';\r\n// é 😀\r\nexport const c = new C({ maxKeys: 1000 });\r\n`,
  );
});

test('fixes files, several things in one, and leaves their rights', async () => {
  write({
    'a.ts': `import C from 'node-cache';\nimport { Pool } from 'pg';\nexport const c = new C();\nexport const pool = new Pool();\nexport async function f() {\n  const client = await pool.connect();\n  await client.query('a');\n  await client.query('b');\n}\n`,
  });
  const { diagnostics, fixed } = await lint([folder], { dist, fix: true });
  expect({ diagnostics, fixed }).toEqual({ diagnostics: [], fixed: 3 });
  expect(readFileSync(path.join(folder, 'a.ts'), 'utf8')).toContain('finally {\n    client.release();');
});

test.runIf(process.platform !== 'win32')('a fixed file has the rights that it had', async () => {
  write({ 'a.ts': CACHE });
  chmodSync(path.join(folder, 'a.ts'), 0o700);
  expect(await found(true)).toEqual([]);
  expect(statSync(path.join(folder, 'a.ts')).mode & 0o777).toBe(0o700);
});

test('does not write a fix that imports a package which is not there', async () => {
  const text = `import got from 'got';\nexport const f = (urls: string[]) => Promise.all(urls.map(url => got(url)));\n`;
  write({ 'a.ts': text });
  expect(await found(true)).toEqual(['a.ts:2 unbounded-promise-all-io']);
  expect(readFileSync(path.join(folder, 'a.ts'), 'utf8')).toBe(text);
  write({ 'node_modules/p-map/package.json': '{}' });
  expect(await found(true)).toEqual([]);
});

test('says when there is nothing to look at, or no such file', async () => {
  await expect(lint([folder], { dist, fix: false })).rejects.toMatchObject({ code: 'lint-nothing' });
  await expect(lint([path.join(folder, 'x')], { dist, fix: false })).rejects.toMatchObject({
    code: 'file-unreadable',
  });
});

test('is told in words', async () => {
  write({ 'a.ts': CACHE });
  const document = await lint([folder], { dist, fix: false });
  expect(renderLint({ ...document, milliseconds: 5 }, folder)).toBe(
    [
      'a.ts:2:18  warning  cache-without-max',
      '  This cache has no bound: it holds an entry for each key, for ever.',
      '  Fix: Give it a bound: maxKeys: 1000',
      '',
      '1 warning in 1 file (5 ms).',
      '',
    ].join('\n'),
  );
});
