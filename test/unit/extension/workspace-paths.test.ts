import { describe, expect, test } from 'vitest';
import { isInside, lastName } from '../../../src/extension/workspace-paths.ts';

describe('a path', () => {
  test.each([
    ['/w/shop', true],
    ['/w/shop/', true],
    ['/w/shop/src/a.js', true],
    ['/w/shop-old', false],
    ['/w', false],
    ['/W/shop', false],
    ['', false],
  ])('%j is inside of /w/shop: %s', (path, expected) => {
    expect(isInside(path, ['/other', '/w/shop'], 'linux')).toBe(expected);
  });

  test('is the same in another case and with other separators where the system says so', () => {
    expect(isInside(String.raw`C:\Code\Shop\a.js`, ['c:/code/shop'], 'win32')).toBe(true);
    expect(isInside('/Code/Shop', ['/code/shop'], 'darwin')).toBe(true);
  });

  test('ends in a name', () => {
    expect(['/w/shop', '/w/shop/', String.raw`C:\w\shop`, 'shop', '/', ''].map(lastName)).toEqual([
      ...['shop', 'shop', 'shop', 'shop', '', ''],
    ]);
  });
});
