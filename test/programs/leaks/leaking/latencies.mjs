/** Times of all requests, to compute a percentile. */
export const truth = { kind: 'global array' };
export const operationsPerEpoch = 4000;

const latencies = [];

export function operation(n) {
  latencies.push(n * 1.25 + 0.5); // leaks here
  return latencies.length;
}
