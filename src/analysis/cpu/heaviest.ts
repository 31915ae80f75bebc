/** Indices of the `limit` largest values above 0, the largest first, equal ones in their order. */
export function heaviest(values: Float64Array, limit: number): number[] {
  const threshold = values.length > limit ? values.toSorted()[values.length - limit]! : 0;
  const indices: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (values[index]! > 0 && values[index]! >= threshold) indices.push(index);
  }
  return indices.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, limit);
}

/** `part` of `whole`, 0 … 1; 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
