/** Tokens are good for a number of requests. */
export const truth = { why: 'a cache whose entries expire' };

const tokens = new Map();
const LIFE = 120;

export function operation(n) {
  tokens.set(`t${n}`, { expires: n + LIFE, user: { id: n, scope: ['read', 'write'] } });
  for (const [token, { expires }] of tokens) {
    if (expires > n) break;
    tokens.delete(token);
  }
}
