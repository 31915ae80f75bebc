/** What is known of an element goes with the element. */
export const truth = { why: 'a WeakMap as it is meant' };

const measures = new WeakMap();
let last;

export function operation(n) {
  const element = { tag: 'div', children: [{ tag: 'b', n }] };
  measures.set(element, { width: n, height: n * 2, lines: [`line ${n}`] });
  last = element;
  return measures.get(last).width;
}
