import type { SourcePlace } from '../../contracts/server.ts';
import type { FileHints } from '../../contracts/views/recording.ts';

/** The line after (or before) the current one; the other end's first one behind the last. 0-based, ascending. */
export function neighbour(
  lines: readonly number[],
  current: number,
  direction: 'next' | 'previous',
): number | undefined {
  return direction === 'next'
    ? (lines.find(line => line > current) ?? lines[0])
    : (lines.findLast(line => line < current) ?? lines.at(-1));
}

/** Where a recording burnt most: the highest heat, among equals the largest share. */
export function hottestPlace(files: readonly FileHints[]): SourcePlace | undefined {
  const places = files.flatMap(({ file, hints }) => hints.map(hint => ({ ...hint, file })));
  if (places.length === 0) return undefined;
  const { file, line } = places.reduce((a, b) => ((b.heat - a.heat || b.share - a.share) > 0 ? b : a));
  return { file, line };
}
