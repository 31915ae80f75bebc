import { UserError } from '../../contracts/user-error.ts';
import { sourceText, type SourceText } from '../../model/watched/source-text.ts';
import { readRegularFile } from '../regular-file.ts';
import type { SourceParser } from './parser.ts';

export interface ReadSource extends SourceText {
  /** Absolute path. */
  readonly file: string;
}

/** A source file with its functions. Throws a `UserError`. */
export async function readSource(parser: SourceParser, file: string): Promise<ReadSource> {
  const content = await readRegularFile(file);
  if (!content.ok) throw new UserError('file-not-readable', { file, reason: content.detail });
  const text = content.bytes.toString('utf8');
  const parsed = parser.parse(file, text);
  if (!parsed.ok) throw new UserError('source-not-parsed', { file, reason: parsed.detail });
  return { file, ...sourceText(text, parsed.program) };
}
