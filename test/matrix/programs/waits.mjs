// Loads the libraries by `import` and tells what each case has waited for.
import { Mutex } from 'async-mutex';
import { Sema } from 'async-sema';
import * as genericPool from 'generic-pool';
import { Redis } from 'ioredis';
import mysql from 'mysql2';
import pLimit from 'p-limit';
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import * as tarn from 'tarn';
import { tell } from './tell-waits.cjs';

const since22 = Number(process.versions.node.split('.')[0]) >= 22;
const undici = since22 ? await import('undici') : undefined;
const PQueue = since22 ? (await import('p-queue')).default : undefined;

tell({ pg, Cursor, QueryStream, mysql, Redis, genericPool, tarn, Mutex, Sema, undici, pLimit, PQueue });
