/** What tests of bad input share: the programs, and what a user gets instead of a result. */
import path from 'node:path';
import { expect } from 'vitest';
import { UserError, type UserErrorCode } from '../../src/contracts/user-error.ts';
import { documentOf, PROGRAMS, slowcatch } from './cli.ts';

export const BAD = path.join(PROGRAMS, 'bad');
export const WORK = path.join(BAD, 'work.cjs');
/** Exit status. */
export const NOT_RUN = 3;

/** The document of a recording or profile, from an `analyze` that must succeed. */
export async function analyzed(input: string) {
  const ended = await slowcatch(['analyze', '--json', input]);
  expect(ended.code).toBe(0);
  return documentOf(ended);
}

/** All that the user gets for what could not be run: the catalogue's message with these values, and its advice. */
export function refusal(code: UserErrorCode, values: Record<string, string | number> = {}) {
  const { message, advice } = new UserError(code, values);
  return { code: NOT_RUN, stdout: '', stderr: `slowcatch: ${message}\n  ${advice}\n` };
}

const TERMINAL_CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

export function expectHarmless(...outputs: readonly string[]): void {
  for (const output of outputs) expect(TERMINAL_CONTROLS.exec(output)).toBeNull();
}
