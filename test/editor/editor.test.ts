/** Every suite of `suites/` in a window of its own; each of its tests is one here and runs inside the extension host. */
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { listSuites, openSuite, type RunningSuite } from './harness/suites.ts';
import { timeoutOf } from './host/suite.ts';

// The host reports a test that takes too long itself, and goes on; a window may have to be opened before it.
const MARGIN_MILLISECONDS = 70_000;

const suites = await listSuites();

describe.for(suites.map(({ name, suite }) => [name, suite] as const))('%s', ([suiteName, suite]) => {
  const open = (): Promise<RunningSuite> => openSuite({ name: suiteName, suite }, inject('extensions'));
  let running: RunningSuite | undefined;
  let failed: string | undefined;
  beforeAll(async () => {
    running = await open();
  });
  afterAll(() => running?.close());

  /** What a failed test has left in the window may be why it fails again: its last try has a new one. */
  const run = async (name: string): Promise<void> => {
    running ??= await open();
    try {
      await running.run(name);
    } catch (error) {
      if (failed === name) {
        await running.close();
        running = undefined;
      }
      failed = name;
      throw error;
    }
  };

  const timeout = timeoutOf(suite) + MARGIN_MILLISECONDS;
  test.for(Object.keys(suite.tests))('%s', { timeout, retry: 2 }, name => run(name));
});
