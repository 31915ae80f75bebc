/** Finding watched functions among those of a text. Pure. */
import type { ListedFunction } from '../../contracts/server.ts';
import type { WatchEntry } from './settings.ts';

/** The innermost function that a line is part of. */
export const functionInLine = (
  functions: readonly ListedFunction[],
  line: number,
): ListedFunction | undefined => functions.findLast(each => each.line <= line && line <= each.endLine);

/** The function of an entry's name; of several the one nearest to where it was. Undefined: it is gone, or renamed. */
export function functionOf(
  functions: readonly ListedFunction[],
  entry: WatchEntry,
): ListedFunction | undefined {
  const distance = ({ line }: ListedFunction): number => Math.abs(line - (entry.line ?? 1));
  return functions
    .filter(({ name }) => name === entry.function)
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The entry that means this function. */
export const entryOf = (
  entries: readonly WatchEntry[],
  functions: readonly ListedFunction[],
  wanted: ListedFunction,
): WatchEntry | undefined => entries.find(entry => functionOf(functions, entry) === wanted);
