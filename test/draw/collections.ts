import { COLLECTION_KINDS, type CollectionColumns } from '../../src/contracts/views/runtime.ts';

const MEGABYTE = 1e6;

/**
 * Collections drawn as a table: when they began and how long they paused in milliseconds, megabytes before and after.
 *
 *     at   kind      pause  new    old
 *     100  scavenge  2      16→1   40→43
 */
export function drawCollections(text: string): CollectionColumns {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/));
  const sizes = (column: number, side: 0 | 1): number[] =>
    rows.map(row => Number(row[column]?.split('→')[side]) * MEGABYTE);
  const spaces = head.slice(3).map((name, index) => ({
    name: `${name}_space`,
    beforeBytes: sizes(index + 3, 0),
    afterBytes: sizes(index + 3, 1),
  }));
  const total = (side: 'beforeBytes' | 'afterBytes') =>
    rows.map((_, row) =>
      spaces.length === 0 ? null : spaces.reduce((sum, space) => sum + (space[side][row] ?? 0), 0),
    );
  return {
    at: rows.map(([at]) => Number(at)),
    kind: rows.map(([, kind]) => COLLECTION_KINDS.findIndex(name => name === kind)),
    pauseMilliseconds: rows.map(([, , pause]) => Number(pause)),
    cause: rows.map(() => 0),
    causes: ['allocation'],
    beforeBytes: total('beforeBytes'),
    afterBytes: total('afterBytes'),
    spaces,
  };
}
