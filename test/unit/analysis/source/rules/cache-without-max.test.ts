import { describe, expect, test } from 'vitest';
import { cacheWithoutMax as rule } from '../../../../../src/analysis/source/rules/cache-without-max.ts';
import { finds, findingsIn, fixed, leavesAlone } from '../lint-text.ts';

describe('a cache without a bound', () => {
  finds(rule, {
    'lru-cache with only a time to live': `
      import { LRUCache } from 'lru-cache';
      export const users = new LRUCache<string, User>({ ttl: 60_000 }); // !`,
    'an old lru-cache': `
      const LRU = require('lru-cache');
      const cache = new LRU(); // !`,
    'lru-cache called without new': `
      const lru = require('lru-cache');
      const cache = lru({ maxAge: 1000 }); // !`,
    'node-cache': `
      import NodeCache from 'node-cache';
      const cache = new NodeCache(); // !`,
    memoizee: `
      import memoize from 'memoizee';
      export const price = memoize((sku: string) => compute(sku)); // !`,
    'a bound that is none': `
      import { LRUCache } from 'lru-cache';
      const cache = new LRUCache({ max: Infinity, ttl: 1000 }); // !`,
    'a field': `
      import { LRUCache as Cache } from 'lru-cache';
      class Users { private cache = new Cache({ ttl: 5000, updateAgeOnGet: true }); } // !`,
  });

  leavesAlone(rule, {
    'with a maximum': `
      import { LRUCache } from 'lru-cache';
      const cache = new LRUCache({ max: 500, ttl: 1000 });`,
    'with a size': `
      import { LRUCache } from 'lru-cache';
      const cache = new LRUCache({ maxSize: 1e6, sizeCalculation: v => v.length });`,
    'that removes what is too old by itself': `
      import { LRUCache } from 'lru-cache';
      const cache = new LRUCache({ ttl: 1000, ttlAutopurge: true });`,
    'a number is the maximum of an old one': `
      const LRU = require('lru-cache');
      const cache = new LRU(500);`,
    'options from elsewhere': `
      import { LRUCache } from 'lru-cache';
      const cache = new LRUCache({ ttl: 1000, ...options });
      const other = new LRUCache(config.cache);`,
    'another class of that name': `
      import { LRUCache } from './lru';
      const cache = new LRUCache({ ttl: 1000 });`,
    'memoizee with a maximum': `
      import memoize from 'memoizee';
      const price = memoize(compute, { promise: true, max: 100 });`,
    'node-cache with a maximum': `
      const NodeCache = require('node-cache');
      const cache = new NodeCache({ maxKeys: 100 });`,
  });

  test('entries that expire may be bound enough', () => {
    const [found] = findingsIn(rule, `import C from 'node-cache';\nexport const c = new C({ stdTTL: 60 });`);
    expect(found?.finding.severity).toBe('info');
  });
});

describe('its fix', () => {
  test.each([
    [`new LRUCache({ ttl: 1000 })`, `new LRUCache({ max: 1000, ttl: 1000 })`],
    [`new LRUCache<string, User>()`, `new LRUCache<string, User>({ max: 1000 })`],
    [
      `new LRUCache({\n  // One minute.\n  ttl: 1000,\n})`,
      `new LRUCache({\n  // One minute.\n  max: 1000, ttl: 1000,\n})`,
    ],
    [`new LRUCache({\n  ttl: 1000,\n})`, `new LRUCache({\n  max: 1000,\n  ttl: 1000,\n})`],
    [`new LRUCache({})`, `new LRUCache({ max: 1000 })`],
    [`new LRUCache`, `new LRUCache({ max: 1000 })`],
  ])('of %j', (before, after) => {
    const head = `import { LRUCache } from 'lru-cache';\nconst cache = `;
    expect(fixed(rule, `${head}${before};\n`)).toBe(`${head}${after};\n`);
  });
});
