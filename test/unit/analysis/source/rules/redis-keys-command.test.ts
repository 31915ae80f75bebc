import { describe, expect, test } from 'vitest';
import { redisKeysCommand as rule } from '../../../../../src/analysis/source/rules/redis-keys-command.ts';
import { finds, fixed, leavesAlone } from '../lint-text.ts';

describe('KEYS', () => {
  finds(rule, {
    'of ioredis': `
      import Redis from 'ioredis';
      const redis = new Redis();
      export const clear = async () => redis.del(...(await redis.keys('cache:*'))); // !`,
    'of node-redis': `
      import { createClient } from 'redis';
      const client = createClient();
      export async function all() {
        return client.keys('user:*'); // !
      }`,
    'as a command of its own': `
      const { createClient } = require('redis');
      const client = createClient();
      const all = () => client.sendCommand(['KEYS', '*']); // !`,
    'by call': `
      import { Redis } from 'ioredis';
      class Cache {
        constructor(private readonly redis: Redis) {}
        all() { return this.redis.call('keys', 'a*'); } // !
      }`,
    'of another module': `
      import { redis } from './redis';
      export const names = () => redis.keys(\`\${prefix}*\`); // !
// file: redis.ts
      import Redis from 'ioredis';
      export const redis = new Redis(process.env.REDIS_URL);`,
  });

  leavesAlone(rule, {
    'of an object': `import Redis from 'ioredis';\nconst redis = new Redis();\nObject.keys(redis);`,
    'of a map': `import Redis from 'ioredis';\nconst map = new Map();\nmap.keys('x');`,
    'of a cache of the browser': `const cache = await caches.open('v1');\nawait cache.keys('x');`,
    'the same without the import': `const redis = connect();\nawait redis.keys('*');`,
    'of another package': `import NodeCache from 'node-cache';\nconst redis = new NodeCache();\nredis.keys('KEYS');`,
    SCAN: `import Redis from 'ioredis';\nconst redis = new Redis();\nfor await (const keys of redis.scanStream({ match: 'KEYS' })) use(keys);`,
  });

  test('its fix goes through the keys by SCAN', () => {
    expect(
      fixed(
        rule,
        `import Redis from 'ioredis';\nconst redis = new Redis();\nexport async function clear(user: string) {\n  const keys = await redis.keys(\`cache:\${user}:*\`);\n  await redis.del(keys);\n}\n`,
      ),
    ).toBe(
      `import Redis from 'ioredis';\nconst redis = new Redis();\nexport async function clear(user: string) {\n  const keys: string[] = [];\n  for await (const found of redis.scanStream({ match: \`cache:\${user}:*\` })) keys.push(...[found].flat());\n  await redis.del(keys);\n}\n`,
    );
  });
});
