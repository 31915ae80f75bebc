import type { Cache } from './cache.ts';

const LIMIT = 1_000;

/** In this process alone, never more than `LIMIT` texts: the oldest gives way. */
export function memoryCache(): Cache {
  const entries = new Map<string, { value: string; until: number }>();
  return {
    get: async key => {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
    },
    set: async (key, value, seconds) => {
      entries.delete(key);
      const [oldest] = entries.keys();
      if (entries.size >= LIMIT && oldest !== undefined) entries.delete(oldest);
      entries.set(key, { value, until: Date.now() + seconds * 1_000 });
    },
    close: async () => entries.clear(),
  };
}
