import { expect, test } from 'vitest';
import { packageFile } from '../../../../src/agent/libraries/loading.ts';
import { addressDetail, fileDetail } from '../../../../src/agent/libraries/places.ts';
import { connectionsOut } from '../../../../src/agent/libraries/pool-counts.ts';

test.each([
  ['/app/node_modules/pg/lib/client.js', 'pg/lib/client.js'],
  ['/app/node_modules/.pnpm/pg@8.11.0/node_modules/pg/lib/client.js', 'pg/lib/client.js'],
  ['/app/node_modules/bull/node_modules/ioredis/built/Redis.js', 'ioredis/built/Redis.js'],
  [String.raw`C:\app\node_modules\pg\lib\client.js`, 'pg/lib/client.js'],
  ['/app/.yarn/cache/pg-npm-8.zip/node_modules/pg/lib/client.js', 'pg/lib/client.js'],
  ['file:///app/node_modules/@scope/one/index.js', '@scope/one/index.js'],
  ['/app/pg/lib/client.js', undefined],
  ['', undefined],
])('the file of a package: %s', (file, expected) => {
  expect(packageFile(file)).toBe(expected);
});

test.each([
  ['/a/b/c/d/e.txt', 'c/d/e.txt'],
  ['e.txt', 'e.txt'],
  [String.raw`C:\a\b\c\e.txt`, 'b/c/e.txt'],
  [new URL('file:///a/b/c/d.txt?x=1'), 'b/c/d.txt'],
  [3, undefined],
  [Buffer.from('/a'), undefined],
])('a file: %s', (file, expected) => {
  expect(fileDetail(file)).toBe(expected);
});

test.each([
  ['https://api.example.com', '/a/b?token=secret#x', 'api.example.com/a/b'],
  ['https://user:secret@api.example.com:8080', '/', 'api.example.com:8080/'],
  ['localhost:3000', 'http://localhost:3000/proxied?secret', 'localhost:3000/proxied'],
  ['', '', ''],
])('an address: %s%s', (origin, path, expected) => {
  expect(addressDetail(origin, path)).toBe(expected);
});

test.each([
  [{ all: 3, idle: 0, max: 3, waiting: 2 }, '3 of 3 connections out, 2 waiting'],
  [{ all: 3, idle: 1, max: 5, waiting: 0 }, '2 of 5 connections out'],
  // One that waits gets the one that is idle.
  [{ all: 1, idle: 1, max: 1, waiting: 1 }, '1 of 1 connections out'],
])('a pool: %o', (counts, expected) => {
  expect(connectionsOut(counts)).toBe(expected);
});
