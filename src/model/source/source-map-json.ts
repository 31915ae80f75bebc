import type { EncodedMappings } from './mapping-table.ts';
import { resolveReference } from './source-url.ts';

/** A source map as read from its JSON; what is in `parts` is not decoded yet. */
export interface SourceMapContent {
  readonly parts: readonly EncodedMappings[];
  /** Resolved; undefined where the map names none. */
  readonly sources: readonly (string | undefined)[];
  /** `sourcesContent`, for each of `sources`; undefined where the map has none. */
  readonly contents: readonly (string | undefined)[];
  readonly names: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Servers may put such a line in front of JSON (ECMA-426, "Fetching Source Maps"). */
const GUARD = /^\)\]\}'[^\n]*\n/;
const NOT_VLQ = /[^A-Za-z\d+/,;]/;
const MOST_LINES = 2 ** 30;

/**
 * Reads a source map of version 3, plain or with sections, as ECMA-426 has it, but forgivingly: entries of the wrong
 * type in `sources` and `names` count as absent. Answers a sentence that says what is wrong when there are no
 * usable mappings; it quotes nothing of the text, which may be any file.
 */
export function readSourceMapJson(text: string, baseUrl: string | undefined): SourceMapContent | string {
  const json = parsed(text.replace(GUARD, ''));
  if (!isObject(json)) return 'it is not JSON';
  if (json['version'] !== 3) return 'its version is not 3';
  const content = new Content(baseUrl);
  const wrong = 'sections' in json ? content.addSections(json['sections']) : content.add(json, 0, 0);
  return wrong ?? content;
}

class Content implements SourceMapContent {
  readonly parts: EncodedMappings[] = [];
  readonly sources: (string | undefined)[] = [];
  readonly contents: (string | undefined)[] = [];
  readonly names: string[] = [];
  readonly #baseUrl: string | undefined;

  constructor(baseUrl: string | undefined) {
    this.#baseUrl = baseUrl;
  }

  /** Answers what is wrong, undefined when nothing is. */
  add(json: Json, line: number, column: number): string | undefined {
    const { mappings, sources, sourcesContent, names, sourceRoot } = json;
    if (typeof mappings !== 'string') return 'it has no mappings';
    if (NOT_VLQ.test(mappings)) return 'its mappings hold characters that do not belong there';
    if (!Array.isArray(sources)) return 'it has no list of sources';
    const nameList: unknown[] = Array.isArray(names) ? names : [];
    this.parts.push({
      mappings,
      line,
      column,
      firstSource: this.sources.length,
      sourceCount: sources.length,
      firstName: this.names.length,
      nameCount: nameList.length,
    });
    const contents: unknown[] = Array.isArray(sourcesContent) ? sourcesContent : [];
    for (const [index, source] of (sources as unknown[]).entries()) {
      const content = contents[index];
      this.sources.push(this.#resolve(source, sourceRoot));
      this.contents.push(typeof content === 'string' ? content : undefined);
    }
    for (const name of nameList) this.names.push(typeof name === 'string' ? name : '');
    return undefined;
  }

  addSections(sections: unknown): string | undefined {
    if (!Array.isArray(sections)) return 'its sections are not a list';
    let before = { line: 0, column: 0 };
    for (const section of sections as unknown[]) {
      const offset = isObject(section) ? offsetOf(section['offset']) : undefined;
      if (!isObject(section) || !offset) return 'a section has no offset';
      if (offset.line < before.line || (offset.line === before.line && offset.column < before.column))
        return 'its sections are not in order';
      if (!isObject(section['map'])) return 'a section has no map';
      const wrong = this.add(section['map'], offset.line, offset.column);
      if (wrong !== undefined) return wrong;
      before = offset;
    }
    return undefined;
  }

  #resolve(source: unknown, sourceRoot: unknown): string | undefined {
    if (typeof source !== 'string') return undefined;
    if (typeof sourceRoot !== 'string' || sourceRoot === '') return resolveReference(source, this.#baseUrl);
    const folder = sourceRoot.endsWith('/') ? sourceRoot : `${sourceRoot}/`;
    const root = resolveReference(folder, this.#baseUrl);
    return URL.canParse(root) ? resolveReference(source, root) : resolveReference(folder + source, undefined);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message would quote the text.
    return undefined;
  }
}

function offsetOf(offset: unknown): { line: number; column: number } | undefined {
  if (!isObject(offset)) return undefined;
  const { line, column } = offset;
  return isPlace(line) && isPlace(column) ? { line, column } : undefined;
}

const isPlace = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < MOST_LINES;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
