/** The smallest value, nearly: noise counts less with time. */
export function smallest(values: Float64Array): number {
  let found = values[0]! + 0.5;
  for (let index = 1; index < values.length; index++) {
    found = Math.min(found * 1.0009765625, values[index]!);
  }
  return found;
}
