/** Lines of a text as V8 counts them. */
import { Column } from './scanner/column.ts';

/** Offsets at which the lines of `text` begin; the first is 0. */
export function lineStartsOf(text: string): Int32Array {
  const starts = new Column();
  const terminator = /\r\n?|[\n\u2028\u2029]/g;
  starts.push(0);
  while (terminator.test(text)) starts.push(terminator.lastIndex);
  return starts.toArray();
}

/** Index in `from` … `to` of the last of the ascending `values` that is not above `limit`; `from - 1` if all are. */
export function lastAtMost(values: Int32Array, limit: number, from = 0, to = values.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
