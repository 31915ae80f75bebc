import { expect, test } from 'vitest';
import { mayRestart } from '../../../src/extension/restarts.ts';

const minutes = (...times: number[]): number[] => times.map(time => time * 60_000);

test.each([
  ['after its first crash', minutes(5), true],
  ['after four crashes in three minutes', minutes(5, 6, 7, 7.5), true],
  ['not after a fifth one', minutes(5, 6, 7, 7.5, 7.9), false],
  ['when most crashes are long ago', minutes(1, 2, 3, 4, 7), true],
])('the server is started again %s', (_name, crashes, expected) => {
  expect(mayRestart(crashes)).toBe(expected);
});
