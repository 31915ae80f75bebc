/** The map is weak, its key lives for ever, and its value grows. */
export const truth = { kind: 'global array' };

const application = { name: 'shop' };
const histories = new WeakMap([[application, []]]);

export function operation(n) {
  const entry = { at: n, path: `/product/${n}`, user: { id: n, roles: ['guest'] } }; // leaks here
  histories.get(application).push(entry);
  return histories.get(application).at(-1).at;
}
