/** Keeps the last errors, and cuts the list now and then. */
export const truth = { why: 'a list that is cut' };

const recent = [];

export function operation(n) {
  recent.push(Object.assign(new Error(`request ${n} failed`), { request: { id: n } }));
  if (recent.length > 80) recent.splice(0, 60);
}
