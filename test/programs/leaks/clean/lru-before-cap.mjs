/** Fills, but will not hold more than it may. */
export const truth = { why: 'an LRU below its cap' };

class LruCache {
  constructor(max) {
    this.max = max;
    this.entries = new Map();
  }

  get(key) {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry;
  }

  set(key, value) {
    this.entries.delete(key);
    if (this.entries.size >= this.max) this.entries.delete(this.entries.keys().next().value);
    this.entries.set(key, value);
  }
}

const cache = new LruCache(50_000);

export function operation(n) {
  cache.set(`user:${n}`, { id: n, name: `user ${n}`, tags: ['a', 'b'] });
  return cache.get(`user:${n}`).id;
}
