/** Counts by route and status: more are found as time goes, but there are few. */
export const truth = { why: 'statistics with few keys' };

const counts = {};

export function operation(n) {
  const route = `/r${(n * 7) % 31}`;
  const status = n % 97 === 0 ? 500 : 200;
  const count = (counts[`${route} ${status}`] ??= { total: 0, buckets: new Array(16).fill(0) });
  count.total += 1;
  count.buckets[n % 16] += 1;
}
