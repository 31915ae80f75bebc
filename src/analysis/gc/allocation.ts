/** What collections tell of the memory that was allocated between them, and promoted by them. */
import { COLLECTION_KINDS, type CollectionColumns } from '../../contracts/views/runtime.ts';

/** V8's young generation; what survives in it is moved out of it by its second scavenge. */
export const YOUNG_SPACES: readonly string[] = ['new_space', 'new_large_object_space'];

const YOUNG_COLLECTIONS = new Set([COLLECTION_KINDS.indexOf('scavenge'), COLLECTION_KINDS.indexOf('minor')]);

/**
 * By how much the heap grew from the end of each collection to the beginning of the next one, in bytes. Rows from
 * `first` up to, not including, `end`; null when no two neighbours of them have sizes.
 */
export function allocatedBytes(
  { beforeBytes, afterBytes }: CollectionColumns,
  first: number,
  end: number,
): number | null {
  let sum: number | null = null;
  // The growth before the first row began outside, but for the first of all.
  for (let row = first + 1; row < end; row++) {
    const after = afterBytes[row - 1];
    const before = beforeBytes[row];
    if (isKnown(after) && isKnown(before)) sum = (sum ?? 0) + Math.max(0, before - after);
  }
  return sum;
}

/** By how much the spaces of the old generation grew while young ones were collected; null when no row has spaces. */
export function promotedBytes(columns: CollectionColumns, first: number, end: number): number | null {
  const old = columns.spaces.filter(({ name }) => !YOUNG_SPACES.includes(name));
  let sum: number | null = null;
  for (let row = first; row < end; row++)
    for (const { beforeBytes, afterBytes } of old) {
      const before = beforeBytes[row];
      const after = afterBytes[row];
      if (!isKnown(before) || !isKnown(after)) continue;
      sum ??= 0;
      if (YOUNG_COLLECTIONS.has(columns.kind[row] ?? -1)) sum += Math.max(0, after - before);
    }
  return sum;
}

const isKnown = (value: number | null | undefined): value is number => typeof value === 'number';
