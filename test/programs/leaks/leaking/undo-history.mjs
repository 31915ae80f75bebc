/** Every state keeps the one before. */
export const truth = { kind: 'chain' };

const document = { state: { version: 0, text: '', previous: null } };

export function operation(n) {
  const { state } = document;
  document.state = { version: n, text: `line ${n}`, previous: state }; // leaks here
  return document.state.version;
}
