/** Remembered as long as somebody else holds it. */
export const truth = { why: 'weak references, cleared by a registry' };

const documents = new Map();
const registry = new FinalizationRegistry(id => {
  if (documents.get(id)?.deref() === undefined) documents.delete(id);
});

export async function operation(n) {
  const document = { id: n, lines: Array.from({ length: 10 }, (_, at) => `${n}:${at}`) };
  documents.set(n, new WeakRef(document));
  registry.register(document, n);
  await new Promise(resolve => setImmediate(resolve));
}
