/**
 * `rows` in the order of their keys, which are 0 … `limit`-1; rows of one key stay in their order: a counting sort.
 * `keys` is indexed by row.
 */
export function orderRows(rows: Int32Array, keys: Int32Array, limit: number): Int32Array {
  const next = new Int32Array(limit + 1);
  for (let index = 0; index < rows.length; index++) next[keys[rows[index]!]! + 1]!++;
  for (let key = 1; key <= limit; key++) next[key]! += next[key - 1]!;
  const ordered = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    ordered[next[keys[row]!]!++] = row;
  }
  return ordered;
}

/** Runs up to this length are sorted by insertion. */
const SHORT_RUN = 24;

/** Sorts each run of `rows` with one `group` by `key`, ascending, in place; both are indexed by row. */
export function sortWithin(rows: Int32Array, group: Int32Array, key: Int32Array): void {
  for (let start = 0, end = 0; start < rows.length; start = end) {
    for (end = start + 1; end < rows.length && group[rows[end]!] === group[rows[start]!];) end++;
    if (end - start <= SHORT_RUN) insertionSort(rows, start, end, key);
    else rows.subarray(start, end).sort((a, b) => key[a]! - key[b]!);
  }
}

function insertionSort(rows: Int32Array, start: number, end: number, key: Int32Array): void {
  for (let next = start + 1; next < end; next++) {
    const row = rows[next]!;
    let at = next;
    for (; at > start && key[rows[at - 1]!]! > key[row]!; at--) rows[at] = rows[at - 1]!;
    rows[at] = row;
  }
}

/** 0, 1, 2 … `count`-1. */
export function allRows(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** Copies the values of `rows`, in their order, to `into`. */
export function pick<T extends Int32Array | Float64Array>(values: T, rows: Int32Array, into: T): T {
  for (let index = 0; index < rows.length; index++) into[index] = values[rows[index]!]!;
  return into;
}
