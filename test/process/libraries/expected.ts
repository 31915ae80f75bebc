/** What the programs of `test/matrix/programs` tell, drawn as text. */

/** Waits of each case, by alphabet; `!`: the thread itself stands still. */
export const WAITS = `
pg pool, promise
  pool pg 1 of 1 connections out
  query pg select pg_sleep(?), $1::text
pg pool, callback
  pool pg 1 of 1 connections out
  query pg select pg_sleep(?), ?
pg, three at once
  connect node:net 127.0.0.1:PORT
  connect node:net 127.0.0.1:PORT
  connect pg 127.0.0.1:PORT
  connect pg 127.0.0.1:PORT
  pool pg 0 of 3 connections out
  pool pg 1 of 3 connections out
  pool pg 1 of 3 connections out, 1 waiting
  query pg select pg_sleep(?) where ? in (?)
  query pg select pg_sleep(?) where ? in (?)
  query pg select pg_sleep(?) where ? in (?)
pg, a query that fails
  pool pg 0 of 3 connections out
  query pg select pg_sleep(?), ?/?
pg, a query object
  pool pg 0 of 3 connections out
  query pg select pg_sleep(?)
pg, two queries of one client
  pool pg 0 of 3 connections out
  query pg select pg_sleep(?)
  query pg select pg_sleep(?)
pg, connecting
  connect node:net 127.0.0.1:PORT
  connect pg 127.0.0.1:PORT
pg, a cursor
  pool pg 0 of 3 connections out
  query pg select pg_sleep(?), n from generate_series(?, ?) n
pg, a stream of rows
  pool pg 0 of 3 connections out
  query pg select pg_sleep(?), n from generate_series(?, ?) n
mysql2 pool, promise
  pool mysql2 1 of 1 connections out
  query mysql2 select sleep(?), ?
mysql2 pool, callback
  pool mysql2 1 of 1 connections out
  query mysql2 select sleep(?)
mysql2, a query that fails
  pool mysql2 0 of 1 connections out
  query mysql2 fail sleep(?)
ioredis, a command
  query ioredis blpop
ioredis, callback
  query ioredis blpop
ioredis, a pipeline
  query ioredis pipeline of 2
ioredis, connecting
  connect ioredis 127.0.0.1:PORT
  connect node:net 127.0.0.1:PORT
  query ioredis get
node-redis, a command
  query redis blpop
node-redis, raw
  query redis blpop
node-redis, a pipeline
  query redis batch of 2
node-redis, a transaction
  query redis batch of 1
node-redis, a command that fails
  query redis nope
node-redis, connecting
  connect node:net 127.0.0.1:PORT
  connect redis 127.0.0.1:PORT
node-redis pool, contended
  pool redis 1 of 1 connections out
  query redis get
mongodb, find
  pool mongodb 0 of 1 connections out
  query mongodb users.find
mongodb, aggregate
  pool mongodb 0 of 1 connections out
  query mongodb users.aggregate
mongodb, insert
  pool mongodb 0 of 1 connections out
  query mongodb users.insert
mongodb, a command that fails
  pool mongodb 0 of 1 connections out
  query mongodb users.find
mongodb, ping
  pool mongodb 0 of 1 connections out
  query mongodb ping
mongodb pool, contended
  pool mongodb 1 of 1 connections out
  query mongodb users.find
mongodb, connecting
  connect mongodb 127.0.0.1:PORT
  connect node:net 127.0.0.1:PORT
  connect node:net 127.0.0.1:PORT
  pool mongodb 0 of 100 connections out
postgres.js, a query
  query postgres select pg_sleep($1), ?
postgres.js, unsafe
  query postgres select pg_sleep(?), ?
postgres.js, a query that fails
  query postgres select pg_sleep(?), ?/?
postgres.js, queued
  pool postgres
  query postgres select pg_sleep(?)
postgres.js, a transaction
  query postgres begin
  query postgres commit
  query postgres select pg_sleep(?)
  query postgres select pg_sleep(?)
knex, a query
  pool tarn 0 of 1 connections out
  query pg select pg_sleep(?), ?
knex pool, contended
  pool tarn 1 of 1 connections out
  query pg select pg_sleep($1)
knex, a transaction
  pool tarn 0 of 1 connections out
  query pg BEGIN;
  query pg COMMIT;
  query pg select pg_sleep(?)
node:sqlite
  query! node:sqlite insert into items values (?)
  query! node:sqlite select count(*) from items where name <> ?
generic-pool
  pool generic-pool 1 of 1 connections out
tarn
  pool tarn 1 of 1 connections out
fetch
  http undici 127.0.0.1:PORT/items/7
undici of the registry
  connect node:net 127.0.0.1:PORT
  http undici 127.0.0.1:PORT/items/7
http.get
  connect node:net 127.0.0.1:PORT
  http node:http 127.0.0.1:PORT/items/7
http.get, queued behind another
  http node:http 127.0.0.1:PORT/items/7
http.get, refused
  connect node:net 127.0.0.1:PORT
  http node:http 127.0.0.1:PORT/
http2, a request
  http node:http2 127.0.0.1:PORT/items/7
http2, connecting
  connect node:net 127.0.0.1:PORT
  http node:http2 127.0.0.1:PORT/items/7
http2, given up
  http node:http2 127.0.0.1:PORT/items/7
fs, promise
  fs node:fs matrix/programs/servers.cjs
fs, callback
  fs node:fs matrix/programs/servers.cjs
fs, promisified
  fs node:fs matrix/programs/servers.cjs
fs, handle
  fs node:fs
  fs node:fs matrix/programs/servers.cjs
fs, stream
  fs node:fs
  fs node:fs
  fs node:fs matrix/programs/servers.cjs
fs, no such file
  fs node:fs all/of/it
dns, callback
  dns node:dns localhost
dns, promise
  dns node:dns localhost
net.connect
  connect node:net 127.0.0.1:PORT
exec
  child node:child_process sh
execFile
  child node:child_process sleep
spawn
  child node:child_process sleep
spawn, no such program
  child node:child_process sleep
a worker answers
  worker node:worker_threads
piscina
  worker node:worker_threads
  worker piscina
  worker piscina named
tinypool
  worker node:worker_threads
  worker tinypool
scrypt, callback
  crypto node:crypto scrypt
Web Crypto
  crypto node:crypto digest
gzip
  crypto node:zlib gzip
back-pressure
  stream node:stream Writable
async-mutex
  lock async-mutex
async-sema
  lock async-sema
p-limit
  lock p-limit
p-queue
  lock p-queue
navigator.locks
  lock navigator.locks
`;

/**
 * Where callbacks ran that do not run in their own operation: the one that emits an event is at work, and who opened
 * a subscriber's connection is the one that its messages come to.
 */
export const ELSEWHERE = `
ioredis, a message to a subscriber: other
an event, emitted elsewhere: other
`;

/** What a version lacks: some packages need Node 22 themselves, and Node 20 cannot always require ES modules. */
export function isMissing(name: string, major: number, program: string): boolean {
  if (name === 'navigator.locks') return major < 24;
  if (name === 'node:sqlite') return major < 22;
  if (name === 'tinypool') return program === 'waits.cjs';
  if (name === 'p-limit') return major < 22 && program === 'waits.cjs';
  return major < 22 && ['undici of the registry', 'p-queue'].includes(name);
}
