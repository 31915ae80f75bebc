/** Takes insertions out of a text that ran, and finds what places of it were before. */
import type { WatchedFile } from '../../contracts/watched.ts';
import { lineStartsOf } from '../source/line-starts.ts';

type Edits = WatchedFile['edits'];

export interface Unedited {
  readonly text: string;
  /** Column before the insertions, 1-based as the line; no insertion holds a line break. */
  column(line: number, column: number): number;
}

/**
 * Undefined for a text in which the insertions are not all in their places. They are in one that is no longer
 * TypeScript, too: Node puts blanks where types were.
 */
export function withoutInsertions(text: string, edits: Edits): Unedited | undefined {
  let original = '';
  let from = 0;
  let shift = 0;
  const inserted: { readonly at: number; readonly length: number }[] = [];
  for (const [offset, insertion] of edits) {
    const at = offset + shift;
    if (!text.startsWith(insertion, at)) return undefined;
    original += text.slice(from, at);
    from = at + insertion.length;
    shift += insertion.length;
    inserted.push({ at, length: insertion.length });
  }
  const lineStarts = lineStartsOf(text);
  return {
    text: original + text.slice(from),
    column(line, column) {
      const start = lineStarts[line - 1];
      if (start === undefined) return column;
      const offset = start + column - 1;
      const before = inserted.filter(({ at }) => at >= start && at < offset);
      return before.reduce((left, { at, length }) => left - Math.min(length, offset - at), column);
    },
  };
}
