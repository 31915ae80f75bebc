/** Counts hits by address, for ever. */
export const truth = { kind: 'cache' };

const hits = {};

function limited(address) {
  hits[address] ??= { count: 0, first: Date.now(), paths: [] }; // leaks here
  hits[address].count += 1;
  return hits[address].count > 100;
}

export function operation(n) {
  limited('10.0.0.1');
  return limited(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
}
