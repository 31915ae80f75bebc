/** The name that a mistyped one most likely meant; undefined when none is near. */
export function nearMatch(name: string, names: readonly string[]): string | undefined {
  const wanted = name.trim().toLowerCase();
  const ranked = names
    .map(one => ({ one, distance: distanceBetween(wanted, one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best !== undefined && best.distance <= Math.max(2, Math.floor(wanted.length / 3))) return best.one;
  const around = names.filter(one => wanted !== '' && one.toLowerCase().includes(wanted));
  return around.length === 1 ? around[0] : undefined;
}

/** Levenshtein distance: letters inserted, left out or replaced. */
function distanceBetween(a: string, b: string): number {
  const others = Array.from(b);
  let row = Array.from({ length: others.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
