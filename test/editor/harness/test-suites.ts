/** Suites of `suites/`, each in a window of its own; each of its tests is one here and runs inside the extension host. */
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { timeoutOf } from '../host/suite.ts';
import { listSuites, openSuite, type NamedSuite, type RunningSuite } from './suites.ts';

// The host reports a test that takes too long itself, and goes on; a window may have to be opened before it.
const MARGIN_MILLISECONDS = 70_000;

export async function testSuites(isWanted: (name: string) => boolean): Promise<void> {
  const suites = (await listSuites()).filter(({ name }) => isWanted(name));
  describe.for(suites.map(named => [named.name, named] as const))('%s', ([, named]) => {
    testSuite(named);
  });
}

function testSuite(named: NamedSuite): void {
  const { suite } = named;
  let running: RunningSuite | undefined;
  let failed: string | undefined;
  const open = async (): Promise<RunningSuite> => (running ??= await openSuite(named, inject('extensions')));
  beforeAll(async () => void (await open()));
  afterAll(() => running?.close());

  /** What a failed test has left in the window may be why it fails again: its last try has a new one. */
  const run = async (name: string): Promise<void> => {
    const window = await open();
    try {
      await window.run(name);
    } catch (error) {
      if (failed === name) {
        running = undefined;
        await window.close();
      }
      failed = name;
      throw error;
    }
  };

  const timeout = timeoutOf(suite) + MARGIN_MILLISECONDS;
  test.for(Object.keys(suite.tests))('%s', { timeout, retry: 2 }, name => run(name));
}
