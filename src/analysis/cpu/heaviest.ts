/** Indices of the `limit` largest values above 0, the largest first, equal ones in their order. */
export function heaviest(values: Float64Array, limit: number): number[] {
  const cut = (indices: number[]): number[] =>
    indices.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, limit);
  let found: number[] = [];
  let threshold = 0;
  for (let index = 0; index < values.length; index++) {
    if (!(values[index]! > threshold)) continue;
    found.push(index);
    if (found.length < 4 * limit) continue;
    found = cut(found);
    threshold = values[found.at(-1)!]!;
  }
  return cut(found);
}

/** `part` of `whole`, 0 … 1; 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
