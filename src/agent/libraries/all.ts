/** Every library that is instrumented. */
import { childProcesses } from './child-processes.ts';
import { nodeCron } from './cron.ts';
import { nodeDns } from './dns.ts';
import { express } from './express.ts';
import { fastify } from './fastify.ts';
import { fetchRequests } from './fetch.ts';
import { nodeFs } from './fs.ts';
import { graphql } from './graphql.ts';
import { h3 } from './h3.ts';
import { hono } from './hono.ts';
import { http2Client } from './http2-client.ts';
import { httpClient } from './http-client.ts';
import { ioredis } from './ioredis.ts';
import { bull, bullmq } from './job-queues.ts';
import { koa } from './koa.ts';
import type { Library } from './library.ts';
import { asyncMutex, asyncSema, pLimit, pQueue, webLocks } from './limiters.ts';
import { mongodb } from './mongodb.ts';
import { mysql2 } from './mysql2.ts';
import { nodeNet } from './net.ts';
import { nodeRedis } from './node-redis.ts';
import { genericPool, tarn } from './object-pools.ts';
import { pg } from './pg.ts';
import { pgBoss } from './pg-boss.ts';
import { postgresJs } from './postgres-js.ts';
import { betterSqlite3, nodeSqlite } from './sqlite.ts';
import { streams } from './streams.ts';
import { threadPool } from './thread-pool.ts';
import { piscina, tinypool } from './worker-pools.ts';
import { workers } from './workers.ts';

export const LIBRARIES: readonly Library[] = [
  // Node's own
  nodeFs,
  nodeDns,
  nodeNet,
  fetchRequests,
  httpClient,
  http2Client,
  streams,
  childProcesses,
  workers,
  threadPool,
  webLocks,
  nodeSqlite,
  // databases, caches and pools
  pg,
  mysql2,
  ioredis,
  nodeRedis,
  mongodb,
  postgresJs,
  betterSqlite3,
  genericPool,
  tarn,
  // threads
  piscina,
  tinypool,
  // locks and limiters
  asyncMutex,
  asyncSema,
  pLimit,
  pQueue,
  // frameworks: names of requests
  express,
  koa,
  hono,
  fastify,
  h3,
  graphql,
  // job queues: operations of their own
  bullmq,
  bull,
  pgBoss,
  nodeCron,
];
