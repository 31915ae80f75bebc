const MOST_TICKS = 0x7f_ff_ff_ff;
/** Longer runs are not sorted by insertion. */
const SHORT_RUN = 32;

/**
 * Sorts the rows `start` … `end`-1 by line, in place, and adds up the ticks of equal lines (Node 26 repeats lines).
 * Returns the new end.
 */
export function sortTicks(line: Int32Array, ticks: Int32Array, start: number, end: number): number {
  if (end - start > SHORT_RUN) sortRun(line, ticks, start, end);
  else insertionSort(line, ticks, start, end);
  let last = start;
  for (let row = start + 1; row < end; row++) {
    if (line[row] === line[last]) {
      ticks[last] = Math.min(ticks[last]! + ticks[row]!, MOST_TICKS);
      continue;
    }
    last++;
    line[last] = line[row]!;
    ticks[last] = ticks[row]!;
  }
  return last + 1;
}

function insertionSort(line: Int32Array, ticks: Int32Array, start: number, end: number): void {
  for (let next = start + 1; next < end; next++) {
    const nextLine = line[next]!;
    const nextTicks = ticks[next]!;
    let row = next;
    for (; row > start && line[row - 1]! > nextLine; row--) {
      line[row] = line[row - 1]!;
      ticks[row] = ticks[row - 1]!;
    }
    line[row] = nextLine;
    ticks[row] = nextTicks;
  }
}

function sortRun(line: Int32Array, ticks: Int32Array, start: number, end: number): void {
  const lines = line.slice(start, end);
  const counts = ticks.slice(start, end);
  const rows = Int32Array.from(lines.keys()).sort((a, b) => lines[a]! - lines[b]!);
  rows.forEach((row, index) => {
    line[start + index] = lines[row]!;
    ticks[start + index] = counts[row]!;
  });
}
