import type { RecordedProblem } from './recording.ts';
import { UserError, type UserErrorCode } from './user-error.ts';

/** An entry of the catalogue as it is kept in a recording: what went wrong without ending anything. */
export function recordedProblem(
  code: UserErrorCode,
  values: Readonly<Record<string, string | number>>,
): RecordedProblem {
  const { message, advice } = new UserError(code, values);
  return { code, message, advice };
}

/** What a step has failed with, where the recording goes on without it. */
export function problemOf(error: unknown): RecordedProblem {
  if (!(error instanceof UserError)) return recordedProblem('internal', { detail: String(error) });
  const { code, message, advice } = error;
  return { code, message, advice };
}
