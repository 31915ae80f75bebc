// Loads the libraries by `import` and tells what each case has waited for.
import { Mutex } from 'async-mutex';
import { Sema } from 'async-sema';
import * as genericPool from 'generic-pool';
import { Redis } from 'ioredis';
import knex from 'knex';
import { MongoClient } from 'mongodb';
import mysql from 'mysql2';
import pLimit from 'p-limit';
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import Piscina from 'piscina';
import postgres from 'postgres';
import * as redisPackage from 'redis';
import * as tarn from 'tarn';
import { Tinypool } from 'tinypool';
import { tell } from './tell-waits.cjs';

const since22 = Number(process.versions.node.split('.')[0]) >= 22;
const undici = since22 ? await import('undici') : undefined;
const PQueue = since22 ? (await import('p-queue')).default : undefined;

const databases = { pg, Cursor, QueryStream, mysql, Redis, redisPackage, MongoClient, postgres, knex };
tell({ ...databases, genericPool, tarn, Piscina, Tinypool, Mutex, Sema, undici, pLimit, PQueue });
