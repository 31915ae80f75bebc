import path from 'node:path';
import type { Program } from '@oxc-project/types';
import { lineStartsOf } from '../../model/source/line-starts.ts';
import { localPath, readRegularFile } from '../regular-file.ts';
import type { SourceParser } from '../watch/parser.ts';

export interface ParsedSource {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly program: Program;
  readonly lineStarts: Int32Array;
}

/** Sources by the names that V8 has of them, each read once. */
export class SourceTexts {
  readonly #sources = new Map<string, Promise<ParsedSource | undefined>>();

  constructor(readonly parser: SourceParser) {}

  /** `undefined` for what is no file, is gone, or cannot be parsed: its lines are not looked for. */
  async of(url: string): Promise<ParsedSource | undefined> {
    const known = this.#sources.get(url) ?? this.#read(url);
    this.#sources.set(url, known);
    return known;
  }

  async #read(url: string): Promise<ParsedSource | undefined> {
    const file = fileOf(url);
    if (file === undefined) return undefined;
    const content = await readRegularFile(file);
    if (!content.ok) return undefined;
    const text = content.bytes.toString('utf8');
    const parsed = this.parser.parse(file, text);
    return parsed.ok ? { file, text, program: parsed.program, lineStarts: lineStartsOf(text) } : undefined;
  }
}

/** Of a script: CommonJS modules have paths for names, ES modules URLs. */
export const fileOf = (url: string): string | undefined =>
  path.isAbsolute(url) ? path.normalize(url) : localPath(url);
