/** A ring: the newest replaces the oldest. */
export const truth = { why: 'slots that are replaced' };

const ring = new Array(100).fill(null);

export function operation(n) {
  ring[n % ring.length] = { n, url: `/page/${n}`, headers: { accept: 'text/html', cookie: `id=${n}` } };
}
