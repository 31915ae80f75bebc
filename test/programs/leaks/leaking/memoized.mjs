/** Remembers results by arguments that never come again. */
export const truth = { kind: 'cache' };

function memoize(compute) {
  const results = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    let result = results.get(key);
    if (result === undefined) results.set(key, (result = compute(...args)));
    return result;
  };
}

const priceOf = memoize((id, day) => {
  return { id, day, net: id * 3, gross: id * 3.57 }; // leaks here
});

export function operation(n) {
  return priceOf(n, n % 365).gross;
}
