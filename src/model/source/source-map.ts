import { decodeMappings, rowAt, rowFrom } from './mapping-table.ts';
import type { MappingTable } from './mapping-table.ts';
import { originalRow } from './original-line.ts';
import { readSourceMapJson } from './source-map-json.ts';
import type { SourceMapContent } from './source-map-json.ts';
import { fileOf, resolveReference, scriptBaseUrl } from './source-url.ts';

/**
 * From places in a generated text to places in its sources. Lines and columns are 1-based, columns in UTF-16 units.
 * `file` is an absolute path where the source has a `file:` URL, else the URL (`webpack://app/src/a.ts`): inert text
 * of unknown origin, which may name any file or none.
 */
export interface SourceMap {
  /** Every source that the map names, in its order. */
  readonly files: readonly string[];
  /** Original of the segment that a place lies in; undefined for code that the compiler added. */
  position(line: number, column: number): OriginalPosition | undefined;
  /** Original line of a generated line, or of its columns from `fromColumn` to before `toColumn`; see `originalRow`. */
  lineOf(line: number, fromColumn?: number, toColumn?: number): OriginalLine | 'ambiguous' | undefined;
  /** What an identifier that begins exactly here is called in the source. */
  nameAt(line: number, column: number): string | undefined;
}

export interface OriginalLine {
  readonly file: string;
  readonly line: number;
}

export interface OriginalPosition extends OriginalLine {
  readonly column: number;
}

export type OpenedSourceMap =
  | { readonly ok: true; readonly map: SourceMap }
  | { readonly ok: false; readonly problem: 'source-map-broken'; readonly detail: string };

/**
 * Opens the text of a source map, of version 3, plain or with sections. `mapUrl` is where the map stands (as the
 * script says it: a reference, an absolute URL, or a `data:` URL), `scriptUrl` the script as V8 names it.
 * The mappings are decoded at the first look-up: 55 ms for a map of 2.5 MB, 1 s and 240 MB for one of 50 MB.
 */
export function openSourceMap(
  mapText: string,
  at: { readonly mapUrl: string; readonly scriptUrl: string },
): OpenedSourceMap {
  const content = readSourceMapJson(mapText, mapBaseUrl(at));
  if (typeof content === 'string') return { ok: false, problem: 'source-map-broken', detail: content };
  return { ok: true, map: new TableSourceMap(content) };
}

/** Texts of a map's sources by file, undefined where the map does not hold them; none of a broken map. */
export function sourceTexts(
  mapText: string,
  at: { readonly mapUrl: string; readonly scriptUrl: string },
): ReadonlyMap<string, string | undefined> {
  const content = readSourceMapJson(mapText, mapBaseUrl(at));
  if (typeof content === 'string') return new Map();
  const named = content.sources.flatMap((source, index) =>
    source === undefined ? [] : [[fileOf(source), content.contents[index]] as const],
  );
  return new Map(named);
}

/** What the sources of a map are relative to: the map, or the script if the map stands in the script itself. */
function mapBaseUrl({ mapUrl, scriptUrl }: { mapUrl: string; scriptUrl: string }): string | undefined {
  const scriptBase = scriptBaseUrl(scriptUrl);
  if (mapUrl.startsWith('data:')) return scriptBase;
  const url = resolveReference(mapUrl, scriptBase);
  return URL.canParse(url) ? url : scriptBase;
}

class TableSourceMap implements SourceMap {
  readonly files: readonly string[];
  readonly #sources: readonly string[];
  readonly #names: readonly string[];
  #parts: SourceMapContent['parts'] | undefined;
  #decoded: MappingTable | undefined;

  constructor(content: SourceMapContent) {
    this.#parts = content.parts;
    this.#names = content.names;
    this.#sources = content.sources.map(source => (source === undefined ? '' : fileOf(source)));
    this.files = this.#sources.filter(file => file !== '');
  }

  position(line: number, column: number): OriginalPosition | undefined {
    const table = this.#table;
    const row = rowAt(table, line - 1, column - 1);
    const file = this.#sources[table.source[row]!];
    return file
      ? { file, line: table.originalLine[row]! + 1, column: table.originalColumn[row]! + 1 }
      : undefined;
  }

  lineOf(line: number, fromColumn = 1, toColumn = Infinity): OriginalLine | 'ambiguous' | undefined {
    const table = this.#table;
    const first = rowAt(table, line - 1, fromColumn - 1);
    const from = first === -1 ? rowFrom(table, line - 1, fromColumn - 1) : first;
    const to = toColumn === Infinity ? rowFrom(table, line, 0) : rowFrom(table, line - 1, toColumn - 1);
    const row = originalRow(table, from, to);
    if (typeof row !== 'number') return row;
    const file = this.#sources[table.source[row]!];
    return file ? { file, line: table.originalLine[row]! + 1 } : undefined;
  }

  nameAt(line: number, column: number): string | undefined {
    const table = this.#table;
    const row = rowAt(table, line - 1, column - 1);
    const isExact = row !== -1 && table.column[row] === column - 1;
    return isExact ? this.#names[table.name[row]!] : undefined;
  }

  get #table(): MappingTable {
    this.#decoded ??= decodeMappings(this.#parts ?? []);
    this.#parts = undefined;
    return this.#decoded;
  }
}
