/**
 * What the heap before and after collections tells of the program's memory.
 *
 *     after ──allocated──► before │ collection │ after ──allocated──► before │ …
 *
 * Only neighbours count whose heaps are both known, with nothing unknown between them.
 */
import {
  COLLECTION_KINDS,
  type CollectionColumns,
  type CollectionKind,
} from '../../contracts/views/runtime.ts';
import type { PauseGroup } from '../../model/gc/collection-log.ts';

/** V8's young generation; what survives in it is moved out of it by its second scavenge. */
const YOUNG_SPACES: ReadonlySet<string> = new Set(['new_space', 'new_large_object_space']);

export interface HeapGrowth {
  /** From the first to the last known collection, without what is not known. */
  readonly milliseconds: number;
  /** Growth from the end of each collection to the beginning of the next one. */
  readonly allocatedBytes: number;
  /** What collections of the young generation added to the old one in that time. */
  readonly promotedBytes: number;
  /** The young generation before and after them; what was promoted has survived too. */
  readonly youngCollections: number;
  readonly youngBytes: number;
  readonly survivedBytes: number;
  /** What mark-sweep-compacts took from the old generation. */
  readonly oldCollections: number;
  readonly freedFromOldBytes: number;
  readonly lastUsedBytes: number | null;
}

/** Rows from `first` up to, not including, `end`. */
export function heapGrowth(
  columns: CollectionColumns,
  first: number,
  end: number,
  groups: readonly PauseGroup[] = [],
): HeapGrowth {
  const sizes = new Sizes(columns);
  const sum = { ...NOTHING };
  for (let row = first; row < end; row++) {
    if (!sizes.isKnown(row)) continue;
    const grown = sizes.promoted(row);
    sum.lastUsedBytes = columns.afterBytes[row] ?? null;
    if (sizes.isYoung(row)) {
      sum.youngCollections++;
      sum.youngBytes += sizes.young(row, 'beforeBytes');
      sum.survivedBytes += sizes.young(row, 'afterBytes') + grown;
    }
    if (sizes.kind(row) === 'mark-sweep-compact') {
      sum.oldCollections++;
      sum.freedFromOldBytes += Math.max(0, sizes.old(row, 'beforeBytes') - sizes.old(row, 'afterBytes'));
    }
    // The growth before the first row began outside.
    if (row === first || !sizes.isKnown(row - 1) || isInterrupted(columns, row, groups)) continue;
    sum.milliseconds += columns.at[row]! - columns.at[row - 1]!;
    sum.allocatedBytes += Math.max(0, columns.beforeBytes[row]! - columns.afterBytes[row - 1]!);
    sum.promotedBytes += grown;
  }
  return sum;
}

const NOTHING = {
  milliseconds: 0,
  allocatedBytes: 0,
  promotedBytes: 0,
  youngCollections: 0,
  youngBytes: 0,
  survivedBytes: 0,
  oldCollections: 0,
  freedFromOldBytes: 0,
  lastUsedBytes: null as number | null,
};

/** Bytes per second; null where nothing tells. */
export const perSecond = (size: number, { milliseconds }: Pick<HeapGrowth, 'milliseconds'>): number | null =>
  milliseconds > 0 ? (size / milliseconds) * 1000 : null;

const isInterrupted = ({ at }: CollectionColumns, row: number, groups: readonly PauseGroup[]): boolean =>
  groups.some(group => group.at >= at[row - 1]! && group.at <= at[row]!);

type Side = 'beforeBytes' | 'afterBytes';

class Sizes {
  private readonly youngSpaces: CollectionColumns['spaces'];
  private readonly oldSpaces: CollectionColumns['spaces'];

  constructor(private readonly columns: CollectionColumns) {
    this.youngSpaces = columns.spaces.filter(({ name }) => YOUNG_SPACES.has(name));
    this.oldSpaces = columns.spaces.filter(({ name }) => !YOUNG_SPACES.has(name));
  }

  isKnown(row: number): boolean {
    return typeof this.columns.beforeBytes[row] === 'number';
  }

  kind(row: number): CollectionKind | undefined {
    return COLLECTION_KINDS[this.columns.kind[row]!];
  }

  isYoung(row: number): boolean {
    const kind = this.kind(row);
    return kind === 'scavenge' || kind === 'minor';
  }

  promoted(row: number): number {
    return this.isYoung(row) ? Math.max(0, this.old(row, 'afterBytes') - this.old(row, 'beforeBytes')) : 0;
  }

  young(row: number, side: Side): number {
    return this.youngSpaces.reduce((sum, space) => sum + (space[side][row] ?? 0), 0);
  }

  old(row: number, side: Side): number {
    return this.oldSpaces.reduce((sum, space) => sum + (space[side][row] ?? 0), 0);
  }
}
