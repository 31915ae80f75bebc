/** Hashes of the words of a text; answers how many there are. */
export function tokenize(text, tokens) {
  let count = 0;
  let hash = 17.5;
  for (let at = 0; at < text.length; at++) {
    const code = text[at];
    hash = hash * 0.875 + code;
    hash = Math.sqrt(hash + 1.5);
    if (code === 32) {
      tokens[count++] = hash;
    }
  }
  return count;
}
