import { describe, expect, test } from 'vitest';
import {
  hasConfigurations,
  isInCompound,
  isNeverDebugged,
} from '../../../../src/extension/capture/launch-settings.ts';

test.each([
  [{ configurations: [{ name: 'a' }] }, true],
  [{ compounds: [{ name: 'a', configurations: [] }] }, true],
  [{ configurations: [], compounds: [] }, false],
  [{}, false],
  [undefined, false],
  [null, false],
  ['nonsense', false],
  [{ configurations: 'nonsense' }, false],
])('a launch setting %j has configurations: %s', (launch, expected) => {
  expect(hasConfigurations(launch)).toBe(expected);
});

describe('membership in a compound', () => {
  const launch = {
    compounds: [
      { name: 'both', configurations: ['api', { name: 'web', folder: 'front' }] },
      { name: 'alone', configurations: ['python'] },
      { name: 'broken' },
    ],
  };

  test.each([
    ['api', true],
    ['web', true],
    ['python', false],
    ['both', false],
    ['other', false],
  ])('%s: %s', (name, expected) => {
    expect(isInCompound(launch, name)).toBe(expected);
  });

  test('without compounds there is none', () => {
    expect(isInCompound({ compounds: null }, 'api')).toBe(false);
    expect(isInCompound(undefined, 'api')).toBe(false);
  });
});

describe('a configuration that is run without the debugger whatever is asked for', () => {
  const launch = {
    configurations: [
      { name: 'never', noDebug: true },
      { name: 'yes', noDebug: 'true' },
      { name: 'usual' },
      null,
      'nonsense',
    ],
  };

  test.each([
    ['never', true],
    ['yes', false],
    ['usual', false],
    ['other', false],
  ])('%s: %s', (name, expected) => {
    expect(isNeverDebugged(launch, name)).toBe(expected);
  });
});
