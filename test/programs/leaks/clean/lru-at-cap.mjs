/** The oldest goes when another one comes. */
export const truth = { why: 'an LRU at its cap' };

const LIMIT = 150;
const thumbnails = new Map();

export function operation(n) {
  if (thumbnails.size >= LIMIT) thumbnails.delete(thumbnails.keys().next().value);
  thumbnails.set(`image-${n}`, { width: 64, height: 64, pixels: Buffer.alloc(512) });
}
