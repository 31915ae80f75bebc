/** How alike two words are: 1 minus their edit distance per letter. */
export function similarity(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + change);
    }
    row = next;
  }
  return 1 - row[other.length] / Math.max(one.length, other.length);
}
