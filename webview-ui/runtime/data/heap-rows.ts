/**
 * The heap by space over time, from both: the samples of each second, and each collection before and after it. Only
 * the collections show the teeth of the saw.
 */
import type { CollectionColumns, SampleColumns } from '../../../src/contracts/views/runtime.ts';

type Sizes = readonly (number | null)[];

/** V8's spaces that are worth an area of their own; the others hardly change. */
const OWN_SPACES: ReadonlySet<string> = new Set([
  'old_space',
  'large_object_space',
  'code_space',
  'trusted_space',
  'new_space',
]);
export const OTHER_SPACES = 'others';

interface Source {
  readonly at: number;
  readonly row: number;
  readonly columns: ReadonlyMap<string, Sizes>;
}

export class HeapRows {
  /** Ascending. */
  readonly at: number[] = [];
  /** All spaces together. */
  readonly total: number[] = [];
  /** Of OWN_SPACES, and of all others together: as many values as there are times. */
  readonly spaces = new Map<string, number[]>();

  /** Adds rows of both; they are later than all that are there, or taken for as late as the last one. */
  append(
    samples: SampleColumns,
    firstSample: number,
    collections: CollectionColumns,
    firstCollection: number,
  ): void {
    const sources = [
      ...sampleSources(samples, firstSample),
      ...collectionSources(collections, firstCollection),
    ].sort((a, b) => a.at - b.at);
    for (const source of sources) this.#add(source);
  }

  #add({ at, row, columns }: Source): void {
    const index = this.at.length;
    this.at.push(Math.max(at, this.at.at(-1) ?? 0));
    for (const sizes of this.spaces.values()) sizes.push(0);
    let total = 0;
    for (const [space, sizes] of columns) {
      const size = sizes[row] ?? 0;
      this.#column(space)[index]! += size;
      total += size;
    }
    this.total.push(total);
  }

  #column(space: string): number[] {
    const name = OWN_SPACES.has(space) ? space : OTHER_SPACES;
    const known = this.spaces.get(name) ?? this.at.map(() => 0);
    this.spaces.set(name, known);
    return known;
  }
}

function sampleSources({ at, spaces }: SampleColumns, first: number): Source[] {
  if (spaces.length === 0) return [];
  const columns = new Map(spaces.map(({ name, usedBytes }) => [name, usedBytes]));
  return at.slice(first).map((time, index) => ({ at: time, row: first + index, columns }));
}

function collectionSources({ at, pauseMilliseconds, spaces }: CollectionColumns, first: number): Source[] {
  const before = new Map(spaces.map(({ name, beforeBytes }) => [name, beforeBytes]));
  const after = new Map(spaces.map(({ name, afterBytes }) => [name, afterBytes]));
  const hasSizes = (row: number): boolean => spaces.some(({ afterBytes }) => afterBytes[row] != null);
  const sources: Source[] = [];
  for (let row = first; row < at.length; row++)
    if (hasSizes(row)) {
      const begin = at[row] ?? 0;
      sources.push({ at: begin, row, columns: before });
      sources.push({ at: begin + (pauseMilliseconds[row] ?? 0), row, columns: after });
    }
  return sources;
}
