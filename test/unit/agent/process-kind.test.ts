import { describe, expect, test } from 'vitest';
import { isToolThread, isWrapper } from '../../../src/agent/process-kind.ts';

const node = '/usr/bin/node';

describe('a process that only starts the program', () => {
  test.each([
    '/usr/lib/node_modules/npm/bin/npm-cli.js',
    '/usr/bin/npm',
    'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js',
    '/usr/lib/node_modules/npm/bin/npx-cli.js',
    '/home/a/.cache/node/corepack/v1/pnpm/9.1.0/bin/pnpm.cjs',
    '/home/a/app/.yarn/releases/yarn-4.2.2.cjs',
    '/home/a/app/node_modules/tsx/dist/cli.mjs',
    '/home/a/app/node_modules/.bin/tsx',
    '/home/a/app/node_modules/nodemon/bin/nodemon.js',
    '/home/a/app/node_modules/cross-env/src/bin/cross-env.js',
    '/home/a/app/node_modules/concurrently/dist/bin/concurrently.js',
  ])('is left alone: %s', script => {
    expect(isWrapper([node, script], [])).toBe(true);
  });

  test('is the runner of node --test, unless it runs the tests itself', () => {
    expect(isWrapper([node], ['--test'])).toBe(true);
    expect(isWrapper([node, '/app/a.test.js'], ['--test', '--test-reporter=tap'])).toBe(true);
    expect(isWrapper([node, '/app/a.test.js'], ['--test', '--test-isolation=none'])).toBe(false);
    expect(isWrapper([node, '/app/a.test.js'], ['--test', '--experimental-test-isolation', 'none'])).toBe(
      false,
    );
    expect(isWrapper([node, '/app/a.js'], ['--test-only'])).toBe(false);
  });

  test('is the watching half of node --watch', () => {
    expect(isWrapper([node, '/app/server.js'], ['--watch'])).toBe(true);
    expect(isWrapper([node, '/app/server.js'], ['--watch-path=src'])).toBe(true);
  });
});

describe('the program itself', () => {
  test.each([
    '/app/server.js',
    '/app/npm.js',
    '/app/tools/tsx/run.js',
    '/app/node_modules/prettier/bin/prettier.cjs',
    '/app/node_modules/typescript/bin/tsc',
  ])('is sampled: %s', script => {
    expect(isWrapper([node, script], ['--enable-source-maps'])).toBe(false);
  });

  test('is sampled without a script', () => {
    expect(isWrapper([node], ['-e', '1'])).toBe(false);
  });
});

describe('a thread of a tool', () => {
  test('is the one that Node calls internal', () => {
    expect(isToolThread(true, [node, '/app/server.js'])).toBe(true);
  });

  test("is esbuild's worker for its synchronous calls", () => {
    expect(isToolThread(false, [node, '/app/node_modules/esbuild/lib/main.js'])).toBe(true);
  });

  test("is not a worker thread of the program's own", () => {
    expect(isToolThread(undefined, [node, '/app/worker.js'])).toBe(false);
  });
});
