import path from 'node:path';
import { defineConfig } from 'vitest/config';

const processTests = (names: readonly string[]): string[] =>
  names.map(name => `test/process/${name}.test.ts`);

/** Tests that ask running programs to open their inspector: that has one port on a machine. */
const ATTACHING = processTests([
  ...[
    'allocations',
    'attach',
    'attach-errors',
    'attach-operations',
    'endings',
    'reach',
    'runtime-view',
    'server',
    'watched-attach',
  ],
]);

/** Tests of operations, with databases of their own. */
const OPERATIONS = processTests([
  ...[
    'frameworks',
    'libraries',
    'operations',
    'services',
    'shop',
    'slow-operations',
    'slow-routes',
    'stalls',
  ],
  ...['waits', 'waits-typescript', 'waits-databases', 'watch-recording', 'watched', 'watched-loaders'],
]);

/** Tests of memory. */
const HEAPS = processTests([...['heap', 'leaks', 'leaks-command', 'leaks-typescript', 'sampled-growth']]);

/** Tests with real programs, one file after the other. */
const PROCESS_TESTS = {
  testTimeout: 90_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  // A machine that is busy with something else may cost a run.
  retry: 1,
} as const;

/** Tests in the real editor; those of `CAPTURING` run beside the others. */
const EDITOR_TESTS = {
  globalSetup: ['test/editor/harness/install.ts'],
  // Suites are listed outside the editor and run inside it.
  alias: { vscode: path.join(import.meta.dirname, 'test/editor/harness/no-vscode.ts') },
  testTimeout: 60_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  retry: 1,
};

const CAPTURING = ['test/editor/capturing.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // A machine that is busy with something else stretches property tests.
          testTimeout: 30_000,
          include: ['test/unit/**/*.test.ts', 'test/layers.test.ts'],
          setupFiles: ['test/unit/seed.ts'],
          // Texts are translated by VS Code; outside they stand as they are.
          alias: { vscode: path.join(import.meta.dirname, 'test/unit/untranslated.ts') },
        },
      },
      {
        test: {
          ...PROCESS_TESTS,
          name: 'launching',
          include: ['test/process/*.test.ts'],
          exclude: [...ATTACHING, ...OPERATIONS, ...HEAPS],
        },
      },
      { test: { ...PROCESS_TESTS, name: 'attaching', include: ATTACHING } },
      { test: { ...PROCESS_TESTS, name: 'operations', include: OPERATIONS } },
      { test: { ...PROCESS_TESTS, name: 'heaps', include: HEAPS } },
      {
        test: {
          name: 'browser',
          include: ['test/editor/browser/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          retry: 1,
        },
      },
      {
        test: {
          ...EDITOR_TESTS,
          name: 'editor',
          include: ['test/editor/*.test.ts', 'test/editor/ui/*.test.ts'],
          exclude: CAPTURING,
        },
      },
      { test: { ...EDITOR_TESTS, name: 'capturing', include: CAPTURING } },
    ],
  },
});
