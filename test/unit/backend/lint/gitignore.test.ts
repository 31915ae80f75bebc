import { expect, test } from 'vitest';
import { GitIgnore } from '../../../../src/backend/lint/gitignore.ts';

const says = (text: string, file: string, isFolder = false): boolean | undefined =>
  new GitIgnore('/app', text).ignores(`/app/${file}`, isFolder);

test.each([
  ['*.log', 'a/b.log'],
  ['/lib', 'lib'],
  ['a/**/b.js', 'a/x/y/b.js'],
  ['a/**/b.js', 'a/b.js'],
  ['**/b.js', 'x/b.js'],
  ['out/**', 'out/a/b.js'],
  ['b?.js', 'x/b1.js'],
  ['a.js\r\n', 'a.js'],
  ['*.js\n!b.js\n*b.js', 'b.js'],
])('%j leaves out %s', (text, file) => {
  expect(says(text, file)).toBe(true);
});

test.each([
  ['/lib', 'src/lib'],
  ['*.log', 'a.log.js'],
  ['a.js', 'aXjs'],
  ['# a.js', 'a.js'],
  ['lib/', 'lib'],
  ['a[bc].js', 'ab.js'],
])('%j does not speak of %s', (text, file) => {
  expect(says(text, file)).toBeUndefined();
});

test('folders, and what is taken back', () => {
  expect(says('lib/', 'lib', true)).toBe(true);
  expect(says('*.js\n!b.js', 'b.js')).toBe(false);
});
