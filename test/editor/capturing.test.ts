/** Suites that mostly start programs and wait for them: they run beside the others. */
import { CAPTURING } from './harness/capturing.ts';
import { testSuites } from './harness/test-suites.ts';

await testSuites(name => CAPTURING.has(name));
