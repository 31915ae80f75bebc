import type { RecordedProblem } from './recording.ts';
import { UserError, type UserErrorCode } from './user-error.ts';

/** An entry of the catalogue as it is kept in a recording: what went wrong without ending anything. */
export function recordedProblem(
  code: UserErrorCode,
  values: Readonly<Record<string, string | number>>,
): RecordedProblem {
  return asRecorded(new UserError(code, values));
}

/** An error as it is kept in a recording. */
export const asRecorded = ({ code, message, advice }: UserError): RecordedProblem => ({
  code,
  message,
  advice,
});

/** What a step has failed with, where the recording goes on without it. */
export const asUserError = (error: unknown): UserError =>
  error instanceof UserError ? error : new UserError('internal', { detail: String(error) }, error);
