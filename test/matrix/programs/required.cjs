// The libraries, by `require`. Some packages are ES modules only, or for newer versions of Node only.
const isNew = Number(process.versions.node.split('.')[0]) >= 22;

exports.load = () => ({
  pg: require('pg'),
  Cursor: require('pg-cursor'),
  QueryStream: require('pg-query-stream'),
  mysql: require('mysql2'),
  Redis: require('ioredis'),
  redisPackage: require('redis'),
  MongoClient: require('mongodb').MongoClient,
  postgres: require('postgres'),
  knex: require('knex'),
  genericPool: require('generic-pool'),
  tarn: require('tarn'),
  Mutex: require('async-mutex').Mutex,
  Sema: require('async-sema').Sema,
  Piscina: require('piscina'),
  undici: isNew ? require('undici') : undefined,
  pLimit: isNew ? require('p-limit').default : undefined,
  PQueue: isNew ? require('p-queue').default : undefined,
});
