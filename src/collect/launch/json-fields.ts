import { UserError } from '../../contracts/user-error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list; anything else in it is skipped, as VS Code does. */
export const objectsOf = (value: unknown): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/**
 * A text, or undefined where it is absent, null or ''.
 * Throws `launch-invalid` for any other type; `owner` names the configuration or task in the message.
 */
export function textField(object: JsonObject, field: string, owner: string): string | undefined {
  const value = object[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(owner, field, 'a text');
  return value;
}

/** A list of texts, [] where it is absent; numbers and booleans in it become texts. Else throws `launch-invalid`. */
export function textsField(object: JsonObject, field: string, owner: string): string[] {
  const value = object[field];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(owner, field, 'a list of texts');
  return value.map(item => scalar(item) ?? fail(invalid(owner, field, 'a list of texts')));
}

/** An object of texts, with null for what is to be unset; {} where it is absent. Else throws `launch-invalid`. */
export function textMapField(
  object: JsonObject,
  field: string,
  owner: string,
): Record<string, string | null> {
  const value = object[field] ?? {};
  if (!isObject(value)) throw invalid(owner, field, 'an object of texts');
  const entries = Object.entries(value).map(([key, item]) => {
    const text = item === null ? null : scalar(item);
    if (text === undefined) throw invalid(owner, `${field}.${key}`, 'a text or null');
    return [key, text] as const;
  });
  return Object.fromEntries(entries);
}

export const invalid = (owner: string, field: string, expected: string): UserError =>
  new UserError('launch-invalid', { owner, field, expected });

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function fail(error: UserError): never {
  throw error;
}
