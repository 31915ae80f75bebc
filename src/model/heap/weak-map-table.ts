import type { HeapStrings } from './strings.ts';

const DIGIT = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
/** ` / part of key (…) -> value (…) pair in WeakMap (table @…)`. */
const SHORTEST = 50;
const PATTERN = /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;

/**
 * The id of the WeakMap's table that the name of an internal edge tells of, -1 if it tells of none. V8 writes an entry of
 * a WeakMap as two edges to its value, one from the key and one from the table.
 */
export function weakMapTable(strings: HeapStrings, name: number): number {
  const start = strings.starts[name]!;
  if (!DIGIT(strings.bytes[start])) return -1;
  const next = strings.starts[name + 1] ?? strings.bytes.length;
  if (next - start < SHORTEST && name + 1 < strings.count) return -1;
  const [, table] = PATTERN.exec(strings.text(name)) ?? [];
  return table === undefined ? -1 : Number(table);
}
