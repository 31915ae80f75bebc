/**
 * Puts `make(original)` in the place of a method; returns a function that takes it back, unless somebody else has put
 * another one over it since.
 */
export function replaceMethod<K extends PropertyKey, F>(
  target: Record<K, F>,
  name: K,
  make: (original: F) => F,
): () => void {
  const original = target[name];
  const replaced = make(original);
  target[name] = replaced;
  return () => {
    if (target[name] === replaced) target[name] = original;
  };
}
