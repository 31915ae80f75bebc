/** A closure that nobody calls shares its context with one that lives: each keeps the one before. */
export const truth = { kind: 'chain' };

let current = null;

export function operation(n) {
  const before = current;
  const unused = () => {
    if (before) return before.id;
  };
  current = { // leaks here
    id: n,
    text: `state ${n} `.repeat(20),
    describe: () => `state ${n}`,
  };
  return unused.length;
}
