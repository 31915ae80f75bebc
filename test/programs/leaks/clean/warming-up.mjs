/** Code gets hot, is optimised, and is loaded late. */
export const truth = { why: 'warm-up of compiled code and modules' };

const MODULES = ['node:zlib', 'node:crypto', 'node:url', 'node:querystring', 'node:dns', 'node:readline', 'node:tls'];
const shapes = [n => ({ n }), n => ({ n, a: 1 }), n => ({ b: 2, n }), n => [n], n => `${n}`];

export async function operation(n) {
  if (n % 50 === 0) await import(MODULES[(n / 50) % MODULES.length]);
  let sum = 0;
  for (let at = 0; at < 2000; at++) sum += String(shapes[(at + n) % shapes.length](at).n ?? at).length;
  return sum;
}
