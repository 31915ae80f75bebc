/** Index of the first one whose `key` is at least `value`, in a list that ascends by it; its length where none is. */
export function firstAtOrAfter<T>(list: readonly T[], value: number, key: (each: T) => number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]!) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
