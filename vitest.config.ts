import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Real processes, one file at a time; a machine that is busy with something else may cost a run. */
const PROCESS = {
  testTimeout: 90_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  retry: 2,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/layers.test.ts'],
          setupFiles: ['test/unit/seed.ts'],
        },
      },
      {
        test: {
          ...PROCESS,
          name: 'process',
          include: ['attach', 'hot-function', 'killed', 'server', 'strangers'].map(
            name => `test/process/${name}.test.ts`,
          ),
        },
      },
      {
        test: {
          name: 'editor',
          include: ['test/editor/*.test.ts', 'test/editor/ui/*.test.ts'],
          // Suites are listed outside the editor and run inside it.
          alias: { vscode: path.join(import.meta.dirname, 'test/editor/harness/no-vscode.ts') },
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          retry: 1,
        },
      },
      {
        // Not yet part of `npm test`: they have not been seen to pass on a quiet machine.
        test: {
          ...PROCESS,
          name: 'process-extended',
          include: ['attach-errors', 'bad-input', 'guest'].map(name => `test/process/${name}.test.ts`),
        },
      },
    ],
  },
});
