/** Templates are compiled when they are used for the first time. */
export const truth = { why: 'lazy compilation' };

const NAMES = Array.from({ length: 90 }, (_, at) => `template-${at}`);
const compiled = new Map();

function compile(name) {
  const template = new Function('data', `return "<b>${name}</b>" + data.value + [${name.length}].map(x => x * 2);`);
  compiled.set(name, template);
  return template;
}

export function operation(n) {
  const name = NAMES[(n * n + (n >> 3)) % NAMES.length];
  return (compiled.get(name) ?? compile(name))({ value: n });
}
