import { expect, test } from 'vitest';
import { UserError } from '../../../src/contracts/user-error.ts';
import { failureCode, failureText, messageText } from '../../../src/extension/failure-text.ts';

test('what to do is said for the editor, not for a terminal', () => {
  const error = new UserError('disk-full', { folder: '/r' });
  expect(error.advice).toContain('`--out`');
  expect(failureText(error)).toBe(
    'There is no room left on the disk of /r. Free some space, and record again.',
  );
});

test('what fits both is said to both', () => {
  const error = new UserError('permission-model');
  expect(error.inEditor.advice).toBe(error.advice);
});

test('names in a message become neither links nor control characters, and are cut', () => {
  expect(messageText('[x](command:quit)\u001b[31m')).toBe(String.raw`[x] (command:quit)\x1b[31m`);
  expect(messageText('n'.repeat(500), 200)).toHaveLength(199);
});

test('what is counted of a failure is its code, never its text', () => {
  expect(failureCode(new UserError('disk-full', { folder: '/r' }))).toBe('disk-full');
  const failure = new UserError('recording-gone', { id: 'r1' }).inEditor;
  expect(failureCode(Object.assign(new Error(failure.message), { data: failure }))).toBe('recording-gone');
  expect(failureCode(new Error('/home/me cannot be read'))).toBe('unexpected');
  expect(failureCode(undefined)).toBe('unexpected');
});
