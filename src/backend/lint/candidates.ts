/** Which files may have to do with what rules know: told from their text, before anything is parsed. */

const PACKAGES = [
  ...[
    'pg',
    'pg-pool',
    '@neondatabase/serverless',
    'mysql',
    'mysql2',
    'mysql2/promise',
    'mariadb',
    'typeorm',
    'mongodb',
  ],
  ...[
    'mongoose',
    'generic-pool',
    'knex',
    'sequelize',
    '@prisma/client',
    '@clickhouse/client',
    'ioredis',
    'iovalkey',
  ],
  ...[
    'redis',
    '@redis/client',
    'bullmq',
    'bull',
    'piscina',
    'lru-cache',
    'node-cache',
    'memoizee',
    'p-queue',
    'p-limit',
  ],
  ...[
    'fastq',
    'axios',
    'got',
    'ky',
    'undici',
    'node-fetch',
    'superagent',
    'agentkeepalive',
    'https-proxy-agent',
  ],
  ...['express', 'fastify', 'koa', '@koa/router', 'koa-router', 'hono', 'restify', 'polka'],
  ...['http', 'https', 'node:http', 'node:https', 'events', 'node:events', 'eventemitter3'],
];

const MENTION = new RegExp(
  String.raw`['"](?:${PACKAGES.map(name => name.replaceAll(/[/.]/g, String.raw`\$&`)).join('|')})['"]` +
    String.raw`|\bsetInterval\s*\(|\bPromise\s*\.\s*(?:race|all|allSettled)\s*\(`,
);

const IMPORT = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"]([^'"\n]+)['"]/g;

/** An import of an import of a module of the project is followed, and one more. */
const MOST_HOPS = 3;

/** Files that mention a package, and those that import one of these. */
export function candidatesOf(
  texts: ReadonlyMap<string, string>,
  resolve: (from: string, specifier: string) => string | undefined,
): Set<string> {
  const candidates = new Set([...texts].flatMap(([file, text]) => (MENTION.test(text) ? [file] : [])));
  const imports = new Map<string, string[]>();
  for (const [file, text] of texts)
    if (!candidates.has(file)) imports.set(file, importedBy(file, text, resolve));
  for (let hop = 0; hop < MOST_HOPS; hop++)
    for (const [file, imported] of imports)
      if (imported.some(each => candidates.has(each))) candidates.add(file);
  return candidates;
}

function importedBy(
  file: string,
  text: string,
  resolve: (from: string, specifier: string) => string | undefined,
): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, specifier = '']) => resolve(file, specifier) ?? []);
}
