import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { UserError } from '../../contracts/user-error.ts';
import { readText } from './disk.ts';
import { isObject } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';

/**
 * Reads a JSON file with comments and trailing commas. Undefined when there is no such file.
 * Throws `json-broken` with the first mistake's 1-based line and column; with `tolerant`, what could be
 * read is returned instead, as VS Code does with its settings.
 */
export async function readJsonc(file: string, { tolerant = false } = {}): Promise<JsonObject | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined && !tolerant)
    throw broken(file, text, error.offset, printParseErrorCode(error.error));
  if (isObject(value)) return value;
  if (value === undefined || tolerant) return {};
  throw broken(file, text, 0, 'ObjectExpected');
}

function broken(file: string, text: string, offset: number, code: string): UserError {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const column = (before.at(-1) ?? '').length + 1;
  const detail = code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return new UserError('json-broken', { file, line: before.length, column, detail });
}
