/** When the young generation is full it becomes the old one. */
export const truth = { why: 'a cache of two generations' };

let young = new Map();
let old = new Map();

function lookUp(key) {
  let value = young.get(key) ?? old.get(key);
  if (!value) value = { key, digest: `${key}`.padStart(32, '0'), parts: [key] };
  young.set(key, value);
  if (young.size >= 90) [old, young] = [young, new Map()];
  return value;
}

export const operation = n => lookUp(n).digest;
