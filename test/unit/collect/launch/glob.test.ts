import path from 'node:path';
import { expect, test } from 'vitest';
import { filesMatching } from '../../../../src/collect/launch/glob.ts';
import { folderWith } from './workspace-folder.ts';

const files = [
  'a.js',
  'a.ts',
  'b[1].js',
  'x (copy)/c.js',
  'x (copy)/deep/d.mjs',
  'node_modules/p/e.js',
  'x (copy)/node_modules/f.js',
  '.git/g.js',
];

test.each([
  [['**/*.js'], ['a.js', 'b[1].js', 'x (copy)/c.js']],
  [
    ['**/*.(m|c|)js', '!**/node_modules/**'],
    ['a.js', 'b[1].js', 'x (copy)/c.js', 'x (copy)/deep/d.mjs'],
  ],
  [['*.js'], ['a.js', 'b[1].js']],
  [['**/*.{ts,mjs}'], ['a.ts', 'x (copy)/deep/d.mjs']],
  [['?.[jt]s'], ['a.js', 'a.ts']],
  [['[!b]*.js'], ['a.js']],
  [['x*/**'], ['x (copy)/c.js', 'x (copy)/deep/d.mjs']],
  [['**/*.js', '!x*/**', '!a*'], ['b[1].js']],
  [['~/**/@(c|d).*'], ['x (copy)/c.js', 'x (copy)/deep/d.mjs']],
  [['**/a.js', 'a.js'], ['a.js']],
  [['nowhere/**', '{a', 'a)'], []],
  [[], []],
])('%j', async (patterns, expected) => {
  const folder = await folderWith(Object.fromEntries(files.map(file => [file, ''])));
  const found = await filesMatching(
    patterns.map(pattern => pattern.replace('~', folder)),
    folder,
  );
  expect(found.map(file => path.relative(folder, file))).toEqual(expected);
});

test('patterns may leave the folder', async () => {
  const folder = await folderWith({ 'dist/a.js': '', 'app/b.js': '' });
  expect(await filesMatching(['../dist/*.js'], path.join(folder, 'app'))).toEqual([
    path.join(folder, 'dist/a.js'),
  ]);
});
