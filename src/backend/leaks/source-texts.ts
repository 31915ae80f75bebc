import path from 'node:path';
import type { Program } from '@oxc-project/types';
import { lineStartsOf } from '../../model/source/line-starts.ts';
import { functionHead, originalName } from '../../model/source/original-name.ts';
import type { OriginalPosition, SourceMap } from '../../model/source/source-map.ts';
import { placeAt } from '../../model/watched/source-text.ts';
import { localPath } from '../regular-file.ts';
import { loadScriptSources, scriptsOfUrls } from '../sources.ts';
import type { SourceParser } from '../watch/parser.ts';

/** 1-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where something stands for the user. */
export interface SourcePlace {
  /** Absolute path; a URL where the map names no file. */
  readonly file: string;
  readonly line: number;
}

/** A script as V8 ran it, and what leads from it to its sources. */
export class ScriptSource {
  readonly lineStarts: Int32Array;
  #program: Program | undefined | 'not parsed' = 'not parsed';

  constructor(
    /** Absolute path. */
    readonly file: string,
    readonly text: string,
    readonly map: SourceMap | undefined,
    readonly parser: SourceParser,
  ) {
    this.lineStarts = lineStartsOf(text);
  }

  /** `undefined` for what cannot be parsed: its lines are not looked for. */
  get program(): Program | undefined {
    if (this.#program !== 'not parsed') return this.#program;
    const parsed = this.parser.parse(this.file, this.text);
    return (this.#program = parsed.ok ? parsed.program : undefined);
  }

  /** Of an offset in the text. */
  placeOf(offset: number): SourcePlace {
    return this.sourceOf(placeAt(this.lineStarts, offset));
  }

  /** A place that no source has stays where it runs. */
  sourceOf({ line, column }: Place): SourcePlace {
    const { file, line: original } = this.#original({ line, column }) ?? { file: this.file, line };
    return { file, line: original };
  }

  /** What the function that stands there is called in its source, where that is another name. */
  functionName(name: string, { line, column }: Place): string | undefined {
    const lineStart = this.lineStarts[line - 1];
    if (!this.map || lineStart === undefined) return undefined;
    return originalName(name, functionHead(this.text, lineStart, line, column), this.map);
  }

  /** What an identifier at an offset is called in its source, where that is another name. */
  identifierAt(offset: number): string | undefined {
    const { line, column } = placeAt(this.lineStarts, offset);
    return this.map?.nameAt(line, column);
  }

  #original({ line, column }: Place): OriginalPosition | undefined {
    return this.map?.position(line, column);
  }
}

/** Scripts by the names that V8 has of them, each read once. */
export class SourceTexts {
  readonly #sources = new Map<string, Promise<ScriptSource | undefined>>();

  constructor(readonly parser: SourceParser) {}

  /** `undefined` for what is no file, or is gone. */
  async of(url: string): Promise<ScriptSource | undefined> {
    const known = this.#sources.get(url) ?? this.#read(url);
    this.#sources.set(url, known);
    return known;
  }

  async #read(url: string): Promise<ScriptSource | undefined> {
    const file = fileOf(url);
    if (file === undefined) return undefined;
    const { scripts } = await loadScriptSources(undefined, scriptsOfUrls([url]));
    const [script] = scripts;
    if (script?.text === undefined) return undefined;
    return new ScriptSource(file, script.text, script.map, this.parser);
  }
}

/** Of a script: CommonJS modules have paths for names, ES modules URLs. */
export const fileOf = (url: string): string | undefined =>
  path.isAbsolute(url) ? path.normalize(url) : localPath(url);
