/** Buffers go back to where they come from. */
export const truth = { why: 'a pool of buffers' };

const free = [];

export async function operation(n) {
  const buffers = Array.from({ length: 1 + (n % 6) }, () => free.pop() ?? Buffer.allocUnsafeSlow(4096));
  await new Promise(resolve => setImmediate(resolve));
  for (const buffer of buffers) free.push(buffer.fill(n & 255));
}
