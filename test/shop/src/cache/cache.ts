/** Keeps texts for a while. One that has trouble is one that keeps nothing. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** The value of `key`, or what `load` answers, which is kept for `seconds`. */
export async function cached<T>(
  cache: Cache,
  key: string,
  seconds: number,
  load: () => Promise<T>,
): Promise<T> {
  const kept = await cache.get(key);
  if (kept !== undefined) return JSON.parse(kept) as T;
  const value = await load();
  await cache.set(key, JSON.stringify(value), seconds);
  return value;
}
