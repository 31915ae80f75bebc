/** Every suite of `suites/` in a window of its own; each of its tests is one here and runs inside the extension host. */
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { listSuites, openSuite, type RunningSuite } from './harness/suites.ts';
import { timeoutOf } from './host/suite.ts';

// The host reports a test that takes too long itself, and goes on.
const MARGIN_MILLISECONDS = 10_000;

const suites = await listSuites();

describe.for(suites.map(({ name, suite }) => [name, suite] as const))('%s', ([suiteName, suite]) => {
  let running: RunningSuite | undefined;
  beforeAll(async () => {
    running = await openSuite({ name: suiteName, suite }, inject('extensions'));
  });
  afterAll(() => running?.close());

  const timeout = timeoutOf(suite) + MARGIN_MILLISECONDS;
  test.for(Object.keys(suite.tests))('%s', { timeout }, name => running?.run(name));
});
