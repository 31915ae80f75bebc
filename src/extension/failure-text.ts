import type { ServerFailure } from '../contracts/server.ts';
import { UserError } from '../contracts/user-error.ts';
import { plainText } from '../format/untrusted.ts';

const LONGEST = 600;

/** What a message says of an error: what happened, then what to do where that is known. */
export function failureText(error: unknown): string {
  const failure = failureOf(error);
  return messageText(failure ? `${failure.message} ${failure.advice}` : detailOf(error));
}

/** The code of an error in the catalogue; `unexpected` for what is not from there. */
export const failureCode = (error: unknown): string => failureOf(error)?.code ?? 'unexpected';

/** Text for a message: those turn `[text](address)` into links, commands among them; names in it are untrusted. */
export const messageText = (text: string, longest = LONGEST): string =>
  plainText(text.replaceAll('](', '] ('), longest);

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the server or the catalogue says of an error; undefined for one of neither. */
export function failureOf(error: unknown): ServerFailure | undefined {
  if (error instanceof Error && 'data' in error && isFailure(error.data)) return error.data;
  if (error instanceof UserError) return error.inEditor;
  // A problem of a recording.
  return isFailure(error) ? error : undefined;
}

function isFailure(data: unknown): data is ServerFailure {
  return (
    typeof data === 'object' &&
    data !== null &&
    'code' in data &&
    typeof data.code === 'string' &&
    'message' in data &&
    typeof data.message === 'string' &&
    'advice' in data &&
    typeof data.advice === 'string'
  );
}
