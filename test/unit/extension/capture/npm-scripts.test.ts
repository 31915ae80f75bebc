import { expect, test } from 'vitest';
import { npmScripts, packageManager } from '../../../../src/extension/capture/npm-scripts.ts';

const packageJson = (...names: string[]): string =>
  JSON.stringify({ scripts: Object.fromEntries(names.map(name => [name, 'node .'])) });

test('what usually runs the program comes first, the rest in the order of the file', () => {
  expect(npmScripts(packageJson('lint', 'dev:api', 'test', 'start', 'dev')).join(' ')).toBe(
    'start dev:api dev lint test',
  );
});

test('hooks that npm runs by itself are not offered', () => {
  const scripts = packageJson('prebuild', 'build', 'postbuild', 'prepare', 'preinstall', 'preview', 'post');
  expect(npmScripts(scripts).join(' ')).toBe('build preview post');
});

test.each(['', '{', 'null', '[]', '{}', '{"scripts":null}', '{"scripts":"x"}', '{"scripts":{"start":1}}'])(
  'a package.json %j offers nothing',
  text => {
    expect(npmScripts(text)).toEqual([]);
  },
);

test.each([
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['package.json', 'npm'],
])('%s is of %s', (file, expected) => {
  expect(packageManager(['src', file])).toBe(expected);
});
