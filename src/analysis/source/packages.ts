/** What the packages give that rules know, as origins (origin.ts tells how they are written). */

/** Pools whose clients are borrowed and given back. */
export interface BorrowingPool {
  readonly library: string;
  readonly pools: readonly string[];
  /** The method that borrows. */
  readonly acquire: string;
  /** Methods of the client that give it back. */
  readonly release: readonly string[];
  /** Methods of the pool that take it back as their argument. */
  readonly takeBack: readonly string[];
  /** A method of the pool that borrows and gives back by itself. */
  readonly direct?: 'query' | 'execute';
}

const PG_POOLS = ['pg.Pool!', 'pg-pool!', 'pg.native.Pool!', '@neondatabase/serverless.Pool!'];
const MYSQL_POOLS = [
  ...['mysql2/promise.createPool()', 'mysql2.createPool().promise()', 'mysql2/promise.Pool!'],
  ...['mysql2.createPool()', 'mysql.createPool()', 'mysql2.Pool!', 'mysql.Pool!'],
];

export const BORROWING_POOLS: readonly BorrowingPool[] = [
  {
    library: 'pg',
    pools: PG_POOLS,
    acquire: 'connect',
    release: ['release'],
    takeBack: [],
    direct: 'query',
  },
  {
    library: 'mysql2',
    pools: MYSQL_POOLS,
    acquire: 'getConnection',
    release: ['release', 'destroy', 'end'],
    takeBack: ['releaseConnection'],
    direct: 'query',
  },
  {
    library: 'mariadb',
    pools: ['mariadb.createPool()', 'mariadb.Pool!'],
    acquire: 'getConnection',
    release: ['release', 'end', 'destroy'],
    takeBack: [],
    direct: 'query',
  },
  {
    library: 'typeorm',
    pools: ['typeorm.DataSource!'],
    acquire: 'createQueryRunner',
    release: ['release'],
    takeBack: [],
  },
  {
    library: 'mongodb',
    pools: ['mongodb.MongoClient!'],
    acquire: 'startSession',
    release: ['endSession'],
    takeBack: [],
  },
  {
    library: 'generic-pool',
    pools: ['generic-pool.createPool()', 'generic-pool.Pool!'],
    acquire: 'acquire',
    release: [],
    takeBack: ['release', 'destroy'],
  },
];

export const REDIS_CLIENTS: ReadonlySet<string> = new Set([
  ...['ioredis!', 'ioredis.Redis!', 'ioredis.Cluster!', 'ioredis.default!', 'iovalkey!', 'iovalkey.Redis!'],
  ...[
    'redis.createClient()',
    'redis.createCluster()',
    'redis.RedisClientType!',
    '@redis/client.createClient()',
  ],
]);

/** What holds connections, threads or memory of its own and is meant to be made once. */
export const MADE_ONCE: ReadonlyMap<string, string> = new Map([
  ...PG_POOLS.filter(path => path !== 'pg.native.Pool!').map(
    path => [path, 'pool of PostgreSQL connections'] as const,
  ),
  ...['mysql2.createPool()', 'mysql2/promise.createPool()', 'mysql.createPool()'].map(
    path => [path, 'pool of MySQL connections'] as const,
  ),
  ['mariadb.createPool()', 'pool of MariaDB connections'],
  ['@prisma/client.PrismaClient!', 'Prisma client with a pool of its own'],
  ['mongodb.MongoClient!', 'MongoDB client with a pool of its own'],
  ['knex()', 'knex instance with a pool of its own'],
  ['knex.knex()', 'knex instance with a pool of its own'],
  ['ioredis!', 'Redis connection'],
  ['ioredis.Redis!', 'Redis connection'],
  ['redis.createClient()', 'Redis connection'],
  ['typeorm.DataSource!', 'TypeORM data source with a pool of its own'],
  ['sequelize.Sequelize!', 'Sequelize instance with a pool of its own'],
  ['piscina!', 'pool of worker threads'],
  ['piscina.Piscina!', 'pool of worker threads'],
  ['bullmq.Queue!', 'queue with a Redis connection of its own'],
  ['@clickhouse/client.createClient()', 'ClickHouse client with connections of its own'],
]);

/** Agents keep sockets open between calls. */
export const AGENTS: ReadonlySet<string> = new Set([
  ...['http.Agent!', 'https.Agent!', 'undici.Agent!', 'undici.Pool!', 'undici.ProxyAgent!'],
  ...['agentkeepalive!', 'agentkeepalive.HttpsAgent!', 'https-proxy-agent.HttpsProxyAgent!'],
]);

/** Calls that ask a database, by what they are called on. */
export function isDatabaseCall(object: string | undefined, method: string): boolean {
  if (object === undefined) return false;
  return DATABASE_CALLS.some(({ on, methods }) => on.test(object) && methods.test(method));
}

const DATABASE_CALLS: readonly { readonly on: RegExp; readonly methods: RegExp }[] = [
  {
    on: /^(pg\.(native\.)?(Pool|Client)!|pg-pool!|pg\.PoolClient!|@neondatabase\/serverless\.\w+!)(\.connect\(\))?$/,
    methods: /^query$/,
  },
  {
    on: /^(mysql2?|mysql2\/promise|mariadb)\.(create(Pool|Connection)\(\)|(Pool|Connection|PoolConnection)!)/,
    methods: /^(query|execute)$/,
  },
  {
    on: /^@prisma\/client\.PrismaClient!\.\w+$/,
    methods:
      /^(find(First|Many)(OrThrow)?|findUnique(OrThrow)?|create|update|upsert|delete|count|aggregate|groupBy)$/,
  },
  { on: /^@prisma\/client\.PrismaClient!$/, methods: /^\$(query|execute)Raw(Unsafe)?$/ },
  {
    on: /^(mongoose\.)?(mongoose\.)?model\(\)$/,
    methods: /^(find\w*|exists|count\w*|create|update\w+|delete\w+|aggregate|distinct)$/,
  },
  {
    on: /^mongodb\.MongoClient!(\.connect\(\))?\.db\(\)\.collection\(\)$/,
    methods: /^(findOne\w*|insert\w+|update\w+|delete\w+|replaceOne|countDocuments|distinct)$/,
  },
  {
    on: /^typeorm\.(DataSource!\.(getRepository\(\)|manager)|Repository!|EntityManager!)$/,
    methods: /^(find\w*|save|insert|update|delete|count\w*|query)$/,
  },
];
